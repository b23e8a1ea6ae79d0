"""Lists from elsewhere: which there are, bringing one in, and holding it against the register."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import PlainForm
from neet.ui.listing import listing_of
from neet.ui.parts import Link
from neet.ui.words import day, many
from returns.calendar.actions.planning import ListSent, list_brought
from returns.intake.effects.listed import LISTED
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake
from returns.intake.refusals import NotNow
from returns.intake.views.sending import check_beside, received
from returns.intake.views.tabs import tabs
from returns.lists import queries
from returns.lists.actions import last_day_of, say_as_before, say_not_ours, settle
from returns.lists.forms import BringListForm, NotOursForm, SettleForm
from returns.lists.held import census_of_school, census_shown
from returns.lists.kinds import Kind
from returns.lists.rules import ACTS, AGAIN, CENSUS_PARTS, EXCUSE, NEW, PARTS, acts_for
from schools.models import Authority, Establishment
from tracking.register.refusals import NotPermitted, NotRight

P = Permission
PEOPLE = "young person,young people"
NAMES = "name,names"
NAMES_SHOWN = 200
NOTHING_TICKED = "list_nothing_ticked"


@needs(P.RETURN_RECEIVE)
def lists(request: HttpRequest) -> HttpResponse:
    """Every kind of list, when it was last held against the register, and what came of it."""
    shown = {
        "tabs": tabs("lists"),
        "lines": queries.list_lines(request.user),
        "outside": queries.educated_outside_school(request.authority_id, clock.today()),
    }
    return render(request, "returns/lists/lists.html", shown)


@needs(P.RETURN_RECEIVE)
def bring_list(request: HttpRequest, type: str) -> HttpResponse:
    """A list is brought in: whose, of which day, whether it is whole, and its file."""
    layout = _layout(type)
    form = BringListForm(request.POST or None, request.FILES or None, layout=layout)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        authority = Authority.objects.get(pk=request.authority_id)
        sent = ListSent(authority, typed["sender"], type, typed["as_at"], typed.get("whole") == "yes")
        expected = list_brought(sent=sent, title=layout.title, by=request.user)
        if made := received(request, expected, form):
            return check_beside(request, made)
    shown = {"form": form, "kind": layout, "columns": layout.template_columns()}
    return render(request, "returns/lists/bring.html", shown)


@needs(P.RETURN_RECEIVE)
def lists_of_kind(request: HttpRequest, type: str) -> HttpResponse:
    """All lists of one kind that are on the register, newest first."""
    layout = _layout(type)
    found = queries.earlier_lists(request.user, type)
    return render(
        request,
        "returns/lists/kind.html",
        {"kind": layout, "found": found, "may_be_compared": layout.effect == LISTED.name},
    )


def _layout(type: str) -> Layout:
    layout = LAYOUTS.get(type)
    if layout is None or not layout.is_from_elsewhere:
        raise Http404
    return layout


def _list_of(request: HttpRequest, ref: UUID) -> Intake:
    """A list of theirs that is on the register, or there is nothing here."""
    seen = Intake.objects.visible_to(request.user).filter(establishment=None, state__in=Intake.APPLIED)
    seen = seen.filter(type__in=[each.type for each in queries.LISTS if each.effect == LISTED.name])
    return get_object_or_404(seen.select_related("expected__collection", "authority"), ref=ref)


def _part(part: str) -> str:
    if part not in PARTS:
        raise Http404
    return part


@needs(P.RETURN_RECEIVE)
def list_compared(request: HttpRequest, ref: UUID, part: str) -> HttpResponse:
    """One part of what a list and the register do not agree on, to settle for many at once."""
    intake, part = _list_of(request, ref), _part(part)
    found = queries.compared(intake)
    open_now, explained = found.of(part), found.of(part, explained=True)
    listing = listing_of(request.GET, sorts={"row": ()}, first="row").counted(len(open_now))
    lines = queries.differences_shown(request.user, intake, open_now[listing.start : listing.stop])
    right = queries.differences_shown(request.user, intake, explained)
    people = [line.person.pk for line in (*lines, *right) if line.person]
    note_read(Kind.COMPARED, by=request.user, authority_id=intake.authority_id, subjects=people)
    error = "Select at least one young person" if request.session.pop(NOTHING_TICKED, False) else ""
    shown = {
        "intake": intake,
        "kind": LAYOUTS[intake.type],
        "parts": _parts(intake, found, part),
        "words": PARTS[part],
        "part": part,
        "agreeing": found.agreeing,
        "lines": lines,
        "explained": right,
        "acts": [(act, ACTS[act].button) for act in acts_for(part, queries.meanings_of(intake))],
        "listing": listing,
        "error": error,
        "problems": [(next((_ticked(line) for line in lines if part == NEW or line.person), ""), error)],
    }
    return render(request, "returns/lists/compared.html", shown)


def _ticked(line: queries.Shown) -> str:
    """The place of a line's tick box on the page."""
    return f"ticked-{line.person.ref if line.person else line.difference.number}"


def _parts(intake: Intake, found: queries.Comparison, here: str) -> list[Link]:
    return [
        Link(
            words,
            reverse("list_compared", args=[intake.ref, part]),
            current=part == here,
            count=len(found.of(part)),
        )
        for part, words in PARTS.items()
    ]


@require_POST
@needs(P.RETURN_RECEIVE)
def settle_list(request: HttpRequest, ref: UUID, part: str) -> HttpResponse:
    """What was chosen for the ticked: shown first, done once it is confirmed."""
    intake, part = _list_of(request, ref), _part(part)
    here = redirect("list_compared", ref=ref, part=part)
    act = request.POST.get("act", "")
    if part == NEW:
        return _settle_names(request, intake, act)
    refs = [each for each in request.POST.getlist("ticked") if _is_ref(each)]
    found = queries.ticked_of(queries.compared(intake), part, request.user, refs)
    if act not in acts_for(part, queries.meanings_of(intake)) or not found:
        request.session[NOTHING_TICKED] = not found
        return here
    is_confirmed = "sure" in request.POST
    form = SettleForm(request.POST if is_confirmed else None, act=act)
    if is_confirmed and form.is_valid() and _settled(request, intake, act, found, form):
        return here
    return _preview(request, intake, part, act, found, form)


def _settle_names(request: HttpRequest, intake: Intake, act: str) -> HttpResponse:
    """What is said of names that nobody on the register goes by: shown first, done once it is confirmed."""
    found = queries.names_ticked(intake, request.POST.getlist("ticked"))
    if act not in acts_for(NEW, ()) or not found:
        request.session[NOTHING_TICKED] = not found
        return redirect("list_compared", ref=intake.ref, part=NEW)
    is_confirmed = "sure" in request.POST
    form = NotOursForm(request.POST if is_confirmed else None) if act == EXCUSE else PlainForm()
    if is_confirmed and (act == AGAIN or form.is_valid()):
        return _names_settled(request, intake, act, found, form)
    return _preview(request, intake, NEW, act, found, form)


def _names_settled(request: HttpRequest, intake: Intake, act: str, found: Any, form: Any) -> HttpResponse:
    try:
        if act == AGAIN:
            done = say_as_before(intake=intake, rows=found, by=request.user)
        else:
            done = say_not_ours(intake=intake, rows=found, by=request.user, **form.cleaned_data)
    except (NotNow, NotPermitted) as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, ACTS[act].done.format(people=many(done, NAMES)))
    return redirect("list_compared", ref=intake.ref, part=NEW)


def _settled(request: HttpRequest, intake: Intake, act: str, found: Any, form: SettleForm) -> bool:
    why = form.cleaned_data.get("why", "")
    try:
        done = settle(intake=intake, act=act, found=found, why=why, by=request.user)
    except (NotNow, NotPermitted) as problem:
        messages.warning(request, str(problem))
        return True
    except NotRight as problem:
        for name, words in problem.words.items():
            form.add_error(name if name in form.fields else None, words)
        return False
    messages.success(request, ACTS[act].done.format(people=many(done, PEOPLE)))
    return True


def _preview(
    request: HttpRequest, intake: Intake, part: str, act: str, found: Any, form: SettleForm
) -> HttpResponse:
    lines = queries.differences_shown(request.user, intake, found)
    shown = {
        "intake": intake,
        "kind": LAYOUTS[intake.type],
        "part": part,
        "words": PARTS[part],
        "act": act,
        "button": ACTS[act].button,
        "asks": ACTS[act].asks.format(
            people=many(len(lines), NAMES if part == NEW else PEOPLE), day=day(last_day_of(intake))
        ),
        "lines": lines,
        "form": form,
    }
    return render(request, "returns/lists/settle.html", shown)


@needs(P.RETURN_RECEIVE)
def census_school(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """Whom one school's newest census and the register differ on; young people one may not see are left out."""
    found = census_of_school(request.authority_id, establishment_id, clock.today())
    if found is None:
        raise Http404
    lines = census_shown(request.user, found.differing, clock.today())
    open_now = [line for line in lines if not line.said.reason]
    parts = [
        (words, part, [line for line in open_now if line.said.part == part])
        for part, words in CENSUS_PARTS.items()
    ]
    people = [line.person.pk for _, _, some in parts for line in some[:NAMES_SHOWN] if line.person]
    note_read(Kind.CENSUS_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    shown = {
        "school": Establishment.objects.get(pk=establishment_id),
        "found": found,
        "parts": [(words, part, some[:NAMES_SHOWN], len(some)) for words, part, some in parts],
        "most": NAMES_SHOWN,
        "explained": [line for line in lines if line.said.reason][:NAMES_SHOWN],
    }
    return render(request, "returns/lists/census_school.html", shown)


def _is_ref(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
