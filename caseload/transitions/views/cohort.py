"""Who is still yours? Each service says so of its Year 11 and 12, forty at a time; how far all have come."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.transitions.actions import answer_cohort, remind
from caseload.transitions.forms import COHORT_STATES, ListFilter, SaidForm
from caseload.transitions.models import CohortAnswer
from caseload.transitions.queries import cohort as queries
from caseload.transitions.queries.people import own_services, services_of
from caseload.transitions.rules import cohort_days
from caseload.transitions.views.frame import SORTS, around, note_list
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import Listing, listing_of
from neet.ui.words import many
from schools.models import Service
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight

P = Permission


@needs(P.CASE_WORK)
def overview(request: HttpRequest) -> HttpResponse:
    """How far the services have come; whoever works for one is shown its people at once."""
    mine = own_services(request.user)
    if len(mine) == 1:
        return redirect("confirm_cohort", mine[0])
    today = clock.today()
    found = queries.progress(request.authority_id, today)
    shown = {
        **around(request, "cohort"),
        **days(),
        "services": [each for each in found if not mine or each.service.pk in mine],
        "answers": CohortAnswer.Answer.labels,
        "may_remind": any(not place.service_id for place in request.scope.where(P.ALLOCATE)),
    }
    return render(request, "caseload/transitions/cohort.html", shown)


def days() -> dict[str, Any]:
    """From when until when all are asked, and whether that is now."""
    today = clock.today()
    first, last = cohort_days(today, ruleset(today).limits)
    return {"first": first, "last": last, "is_time": first <= today <= last, "is_late": today > last}


@needs(P.CASE_WORK)
def confirm(request: HttpRequest, service_id: int) -> HttpResponse:
    """The service's own people, forty on a page; what was said is saved for all of them at once."""
    today = clock.today()
    team = get_object_or_404(services_of(request.user), pk=service_id)
    form = ListFilter(request.GET, states=COHORT_STATES)
    state = form.asked().get("state", queries.TO_CONFIRM)
    everybody = queries.of_service(team, request.user, today)
    listing = listing_of(
        request.GET, sorts=SORTS, first="name", filters=form.fields, per_page=queries.AT_ONCE
    )
    people = queries.of_state(everybody, state)
    listing = listing.counted(people.count())
    if request.method == "POST":
        page = sent(request, everybody).order_by(*listing.order_by)[: queries.AT_ONCE]
    else:
        page = people.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = queries.lines_of(page, team, request.user, today)
    forms = [_form(request, each) for each in lines]
    if request.method == "POST" and (done := _save(request, team, lines, forms)) is not None:
        messages.success(request, f"{many(done, 'answer,answers').capitalize()} saved.")
        return redirect(f"{reverse('confirm_cohort', args=[team.pk])}{back_to(listing)}")
    note_list(request, [each.person.pk for each in lines])
    shown = {
        **around(request, "cohort"),
        **days(),
        "team": team,
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "rows": list(zip(lines, forms, strict=True)),
        "formset": forms,
        "total": everybody.count(),
        "left": everybody.filter(answered=False).count(),
        "has_errors": any(each.errors for each in forms if each.is_bound),
    }
    return render(request, "caseload/transitions/confirm_cohort.html", shown)


def sent(request: HttpRequest, people: QuerySet[YoungPerson]) -> QuerySet[YoungPerson]:
    """Those who stood on the page that was sent in: a colleague's answers meanwhile do not move anybody off it."""
    return people.filter(pk__in=[each for each in request.POST.getlist("person") if each.isdecimal()])


def back_to(listing: Listing) -> str:
    """The first page of the same list: whom one has spoken of is no longer on it."""
    link = listing.link()
    return link if link != "?" else ""


def _form(request: HttpRequest, line: queries.CohortLine) -> SaidForm:
    first = {"answer": line.said.answer, "words": line.said.words} if line.said else {}
    sent = request.POST if request.method == "POST" else None
    return SaidForm(sent, initial=first, prefix=str(line.person.pk))


def _save(
    request: HttpRequest, team: Service, lines: tuple[queries.CohortLine, ...], forms: list[SaidForm]
) -> int | None:
    """How many answers were new; None where something is to be mended."""
    by_person = {each.person.pk: form for each, form in zip(lines, forms, strict=True)}
    if not all(form.is_valid() for form in forms):
        return None
    others = CohortAnswer.Answer.OURS if request.POST.get("others") == CohortAnswer.Answer.OURS else ""
    given = {pk: form.said(pk) for pk, form in by_person.items()}
    said = [replace(each, answer=each.answer or others) for each in given.values() if each.answer or others]
    try:
        return answer_cohort(service=team, said=said, by=request.user)
    except NotRight as refused:
        for number, words in refused.words.items():
            by_person[int(number)].add_error("words", words)
        return None
    except NotPermitted:
        raise NotVisible from None


@require_POST
@needs(P.ALLOCATE)
def reminded(request: HttpRequest, service_id: int) -> HttpResponse:
    """One e-mail to the service, at most one a day."""
    team = get_object_or_404(Service, pk=service_id, authority__in=request.scope.authority_ids)
    try:
        number = remind(service=team, by=request.user)
    except NotPermitted:
        raise NotVisible from None
    if number:
        messages.success(request, f"{team} is reminded: {many(number, 'e-mail,e-mails')}.")
    else:
        messages.info(
            request, f"{team} was reminded today already, nothing is left, or nobody is there to read it."
        )
    return redirect("cohort")
