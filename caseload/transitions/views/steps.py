"""The steps of those with an EHC plan: how they stand, the list of one step, and one step of one young person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.transitions.actions import record_step, steps_done
from caseload.transitions.forms import STEP_STATES, ListFilter, StepForm
from caseload.transitions.models import PlanStep
from caseload.transitions.queries import steps as queries
from caseload.transitions.queries.people import districts_of
from caseload.transitions.views.frame import SORTS, around, note_list, nothing_ticked, ticked
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import day, many
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import Page, answers, asked_and_done
from tracking.rules.academic_year import academic_year, year_words
from tracking.rules.plan_steps import StepRule

P = Permission
STEP_SORTS = {**SORTS, "due": ("moved_to", *SORTS["name"])}
NOTHING_TICKED = "transitions_no_step_ticked"


@needs(P.CASE_WORK)
def overview(request: HttpRequest) -> HttpResponse:
    """Every step of the year with its day: how many take it, how many have."""
    today = clock.today()
    _refuse_strangers(request)
    form = ListFilter(request.GET, states=[("", "")], districts=districts_of(request.user))
    del form.fields["state"]
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields)
    district = form.asked().get("district")
    shown = {
        **around(request, "plan_steps"),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "district": district,
        "steps": queries.standings(request.user, today, district),
        "year": year_words(academic_year(today)),
    }
    return render(request, "caseload/transitions/steps.html", shown)


@needs(P.CASE_WORK)
def listed(request: HttpRequest, step: str) -> HttpResponse:
    """Who is still to take one step."""
    user, today = request.user, clock.today()
    rule = _rule(request, step)
    form = ListFilter(request.GET, states=STEP_STATES, districts=districts_of(user))
    asked = form.asked()
    state = asked.get("state", queries.OPEN)
    people = queries.of_state(queries.to_take(rule, user, today, asked.get("district")), state)
    listing = listing_of(request.GET, sorts=STEP_SORTS, first="name", filters=form.fields)
    listing = listing.counted(people.count())
    page = people.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = queries.lines_of(page, rule, user, today)
    note_list(request, [each.person.pk for each in lines])
    shown = {
        **around(request, "plan_steps"),
        "rule": rule,
        "due_on": rule.due_on(academic_year(today)),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "state": state,
        "total_words": many(listing.total, "young person,young people").capitalize(),
        **nothing_ticked(request, NOTHING_TICKED),
    }
    return render(request, "caseload/transitions/step.html", shown)


@require_POST
@needs(P.CASE_WORK)
def done(request: HttpRequest, step: str) -> HttpResponse:
    """The step was done today for the ticked."""
    rule = _rule(request, step)
    asked = ticked(request)
    if not asked:
        request.session[NOTHING_TICKED] = True
    else:
        try:
            number = steps_done(step=rule.code, people=asked, by=request.user)
        except NotRight as refused:
            messages.error(request, " ".join(refused.words.values()))
        else:
            messages.success(request, f"Done today for {many(number, 'young person,young people')}.")
    return redirect(reverse("plan_step", args=[rule.code]))


@needs(P.CASE_WORK)
def record(request: HttpRequest, ref: UUID, step: str) -> HttpResponse:
    """How one step of one young person stands."""
    person = visible_person(request.user, ref)
    rule = _rule(request, step)
    today = clock.today()
    held = PlanStep.objects.filter(person=person, step=rule.code, year=academic_year(today)).first()
    form = StepForm(
        answers(request), initial=_first(held), authority=person.authority, needs_place=rule.needs_place
    )

    def act() -> str:
        try:
            record_step(person=person, step=rule.code, told=form.told(), by=request.user)
        except NotPermitted:
            raise NotVisible from None
        return f"{rule.words}: saved."

    usual = f"Usually due on {day(rule.due_on(academic_year(today)))}."
    return asked_and_done(request, person, form, act, Page(rule.words, intro=usual))


def _first(held: PlanStep | None) -> dict[str, Any]:
    """What is recorded of a step as the first answers of its form."""
    return {name: getattr(held, name) for name in StepForm.base_fields} if held else {}


def _rule(request: HttpRequest, step: str) -> StepRule:
    """A step of this year, for those who are told of plans; or there is nothing here."""
    _refuse_strangers(request)
    rule = queries.rule_of(step, clock.today())
    if rule is None:
        raise Http404
    return rule


def _refuse_strangers(request: HttpRequest) -> None:
    if not queries.may_read(request.user, clock.today()):
        raise NotVisible
