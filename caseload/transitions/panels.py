"""What next steps put on other pages: a record's plan, its autumn and its EHC steps, its history, and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from caseload.transitions.queries import cohort, plans, starts, steps
from caseload.transitions.queries.known import known_of
from caseload.transitions.queries.people import own_services
from caseload.transitions.rules import (
    asks_who_started,
    checks_began,
    confirms_cohort,
    final_by,
    planned_year,
)
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from tracking.reference.queries import ruleset
from tracking.register.queries.timeline import Happening
from tracking.rules.academic_year import year_words

MOST, MOST_STEPS = 50, 3
PLANNING_BEGINS = 1  # the month after which somebody without a plan stands on first pages


@dataclass(frozen=True)
class NextStepsPanel:
    """The plan for the next step (this summer's, the one before, or none), what became of the autumn's question, and
    the steps of an EHC plan for those who are told of it."""

    plan: TransitionPlan | None
    year: str
    is_now: bool
    check: StartCheck | None
    steps: tuple[steps.Step, ...]
    template: str = "caseload/transitions/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> NextStepsPanel | None:
    """For those who work on cases; one statement, and one for each of what there is."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    known = known_of(person_id, on)
    found = plans.latest_of(person_id) if known.plans else None
    is_told = known.has_ehc_plan and steps.may_read(user, on)
    year = found.year if found else planned_year(on)
    return NextStepsPanel(
        plan=found,
        year=year_words(year),
        is_now=found is not None and found.year == planned_year(on),
        check=starts.check_of(person_id, on) if known.asked_this_autumn else None,
        steps=steps.path_of(person_id, known.born_on, on) if is_told else (),
    )


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Plans, answers of autumn, what services said and steps taken, for those who work on cases; one statement, and
    one for each of what there is."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return
    known = known_of(person_id, on)
    if known.plans:
        yield from _plans(person_id)
    if known.asked:
        yield from _starts(person_id)
    if known.answers:
        yield from _cohort(person_id)
    if known.steps and steps.may_read(user, on):
        yield from _steps(person_id, on)


def _plans(person_id: int) -> Iterator[Happening]:
    for each in plans.with_names(TransitionPlan.objects.filter(person=person_id))[:MOST]:
        by = each.drafted_by.name if each.drafted_by else ""
        about = f"Plan for {year_words(each.year)}"
        yield Happening(f"{about} written", each.drafted_on, by, each.next_step)
        for day, words in (
            (each.agreed_on, "agreed with them"),
            (each.finalised_on, "final"),
            (each.checked_on, "checked"),
            (each.ended_on, "ended"),
        ):
            if day:
                yield Happening(f"{about} {words}", day)


def _starts(person_id: int) -> Iterator[Happening]:
    found = StartCheck.objects.filter(person=person_id, checked_on__isnull=False)
    for each in found.select_related("checked_by", "expected")[:MOST]:
        by = each.checked_by.name if each.checked_by else ""
        where = each.expected.name if each.expected else each.expected_words
        if each.checked_on:
            yield Happening(f"Autumn: {each.get_answer_display().lower()}", each.checked_on, by, where)


def _cohort(person_id: int) -> Iterator[Happening]:
    found = CohortAnswer.objects.filter(person=person_id).select_related("service", "answered_by")
    for each in found[:MOST]:
        by = each.answered_by.name if each.answered_by else ""
        title = f"{each.service}: {each.get_answer_display().lower()}"
        yield Happening(title, each.answered_on, by, each.words)


def _steps(person_id: int, on: date) -> Iterator[Happening]:
    rules = ruleset(on).plan_steps
    found = PlanStep.objects.filter(person=person_id).select_related("recorded_by", "establishment")
    for each in found[:MOST]:
        if each.done_on:
            words = rules[each.step].words if each.step in rules else each.step
            where = each.establishment.name if each.establishment else each.words
            by = each.recorded_by.name if each.recorded_by else ""
            yield Happening(f"EHC plan: {words[0].lower()}{words[1:]}", each.done_on, by, where)


@dataclass(frozen=True)
class DuePanel:
    """What is due of next steps these days."""

    tiles: tuple[Tile, ...]
    template: str = "caseload/transitions/home_panel.html"


def home_panel(user: User, on: date) -> DuePanel | None:
    """For those who work on cases, while something is due; a statement for each kind of work of the season."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    tiles = (*_due_plans(user, on), *_due_starts(user, on), *_due_cohort(user, on), *_due_steps(user, on))
    shown = tuple(each for each in tiles if each.number)
    return DuePanel(shown) if shown else None


def _due_plans(user: User, on: date) -> Iterator[Tile]:
    """From January plans are written, from April they are checked."""
    limits = ruleset(on).limits
    if not PLANNING_BEGINS <= on.month < 9:
        return
    late = "bad" if on > final_by(on, limits) else "attention"
    now = plans.counted(plans.to_plan_for(user, on), on)
    yield Tile(now[plans.NO_PLAN], "without a plan for the next step", _plans_as(plans.NO_PLAN), late)
    yield Tile(now[plans.NOT_FINAL], "plans not final", _plans_as(plans.NOT_FINAL), late)
    if checks_began(on, limits):
        yield Tile(now[plans.TO_CHECK], "plans to check", _plans_as(plans.TO_CHECK), "attention")


def _plans_as(state: str) -> str:
    return f"{reverse('next_steps')}?{urlencode({'state': state})}"


def _due_starts(user: User, on: date) -> Iterator[Tile]:
    if asks_who_started(on, ruleset(on).limits):
        asked = starts.of_state(starts.checked(user, on), starts.TO_ASK).count()
        yield Tile(asked, "did they start?", reverse("starts"), "attention")


def _due_cohort(user: User, on: date) -> Iterator[Tile]:
    mine = own_services(user)
    if mine and confirms_cohort(on, ruleset(on).limits):
        yield Tile(cohort.left_of(mine, user, on), "still yours?", reverse("cohort"), "attention")


def _due_steps(user: User, on: date) -> Iterator[Tile]:
    """The steps of EHC plans that are overdue or due soon with somebody left, the latest few."""
    if not steps.may_read(user, on):
        return
    due = [each for each in steps.standings(user, on) if each.open and (each.is_due or each.is_near)]
    for each in sorted(due, key=lambda found: (found.due_on, found.rule.order))[-MOST_STEPS:]:
        words = f"EHC plans: {each.rule.words[0].lower()}{each.rule.words[1:]}"
        yield Tile(each.open, words, reverse("plan_step", args=[each.rule.code]), each.tone)
