"""The at-risk list, those of it without an offer, and what is done with the ticked."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.prevention.actions.working import end_many, hand_over, share_out
from caseload.prevention.forms import EndForm, HandOverForm, RiskFilter, WhoForm
from caseload.prevention.kinds import Kind
from caseload.prevention.models import AtRisk
from caseload.prevention.queries.listing import OPEN, at_risk_seen_by, on_the_list, risk_lines
from caseload.prevention.rules import hand_over_by
from caseload.prevention.views.frame import about
from caseload.views import authority_here, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.forms.editing import RecordForm

P = Permission
SORTS = {
    "name": ("person__family_name", "person__given_name", "pk"),
    "since": ("starts_on", "pk"),
    "school": ("establishment__name", "person__family_name", "person__given_name", "pk"),
}
PEOPLE = "young person,young people"
MOST_AT_ONCE = 500
NOTHING_TICKED = "at_risk_nothing_ticked"


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody at risk whom this person sees."""
    return _list(request, "at_risk")


@needs(P.CASE_WORK)
def without_offer(request: HttpRequest) -> HttpResponse:
    """Those of them who are owed an offer under the September Guarantee and have none."""
    return _list(request, "at_risk_without_offer")


def _list(request: HttpRequest, here: str) -> HttpResponse:
    today, no_offer = clock.today(), here == "at_risk_without_offer"
    form = RiskFilter(request.GET, user=request.user, authority=authority_here(request), on=today)
    wanted = form.wanted(without_offer=no_offer)
    found = on_the_list(request.user, wanted, today)
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields).counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = risk_lines(page, request.user, today)
    seen = sorted({line.person.pk for line in lines})
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "form": form,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.words != "At risk now"],
        "lines": lines,
        "no_offer": no_offer,
        "is_open": wanted.state in ("", OPEN),
        "may_hand_over": request.scope.can(P.ALLOCATE),
        "hand_over_by": hand_over_by(today),
        "total_words": many(listing.total, PEOPLE).capitalize(),
        "error": "Tick at least one young person" if request.session.pop(NOTHING_TICKED, False) else "",
    }
    return render(request, "caseload/prevention/listed.html", about(request, here, **shown))


@dataclass(frozen=True)
class Act:
    """Something done with all of the ticked: the form that asks for it, who may, and the act itself."""

    title: str
    button: str
    permission: Permission
    form: Callable[..., RecordForm]
    do: Callable[..., int]
    words: str


ACTS = {
    "who": Act("Who looks after them", "Save for all of them", P.CASE_WORK, WhoForm, share_out, "given out"),
    "hand_over": Act(
        "Hand over to a service", "Hand all of them over", P.ALLOCATE, HandOverForm, hand_over, "handed over"
    ),
    "end": Act(
        "Not at risk any more", "End for all of them", P.CASE_WORK, EndForm, end_many, "taken off the list"
    ),
}


@require_POST
@needs(P.CASE_WORK)
def several(request: HttpRequest) -> HttpResponse:
    """One act for the ticked: asked first, then done for all of them."""
    act = ACTS.get(request.POST.get("act", ""))
    asked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:MOST_AT_ONCE]
    entries = at_risk_seen_by(request.user).filter(pk__in=asked, ends_on=None)
    ticked = list(
        entries.select_related("person").order_by("person__family_name", "person__given_name", "pk")
    )
    if act is None or not ticked or not request.scope.can(act.permission):
        request.session[NOTHING_TICKED] = True
        return redirect("at_risk")
    options = {} if act.form is EndForm else {"authority": authority_here(request)}
    form = act.form(request.POST if "asked" in request.POST else None, **options)
    if form.is_bound and form.is_valid() and _done(request, act, form, ticked):
        return redirect("at_risk")
    shown = {
        "form": form,
        "ticked": ticked,
        "act": act,
        "name": request.POST["act"],
        "cancel": reverse("at_risk"),
    }
    return render(request, "caseload/prevention/several.html", shown)


def _done(request: HttpRequest, act: Act, form: RecordForm, ticked: list[AtRisk]) -> bool:
    def do() -> None:
        number = act.do(entries=[each.pk for each in ticked], by=request.user, **form.cleaned_data)
        messages.success(request, f"{many(number, PEOPLE).capitalize()} {act.words}.")

    return tried(form, do)
