"""Inventing next steps: plans for the summer, last autumn's answers, what services said, and steps of EHC plans."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from caseload.transitions.actions import draw_up_starts
from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from caseload.transitions.queries.people import BEFORE_LEAVING, in_years, worked_with
from caseload.transitions.queries.plans import to_plan_for
from caseload.transitions.queries.starts import TO_ASK, checked, of_state
from caseload.transitions.queries.steps import step_rules, to_take
from caseload.transitions.rules import named_day, planned_year
from neet.accounts.models import User
from schools.models import Authority, Establishment, Service
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import academic_year

PLANNED, AGREED, FINAL = 0.5, 0.6, 0.5
ANSWERED, SAID, DONE_IN_TIME, DONE_EARLY = 0.4, 0.3, 0.8, 0.15
FURTHER_EDUCATION, APPRENTICE = "230", "310"
STEPS_TO = (
    ("Level 1 construction", FURTHER_EDUCATION),
    ("Level 2 hairdressing", FURTHER_EDUCATION),
    ("A levels at the sixth form", ""),
    ("Apprenticeship in a garage", APPRENTICE),
    ("Supported internship", ""),
)
SUPPORT = (
    "Their worker goes along on the first day.",
    "Travel training in July.",
    "Bursary applied for.",
    "",
)
IF_NOT = ("Level 1 motor vehicle", "A short course at the youth hub", "")
CHANGED = ("New telephone number.", "Lives with an aunt now.", "Changed school at half-term.")


def next_steps(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Something on every list of next steps, on the days on which it would have been written."""
    _planned(rng, authority, officer, on)
    _autumn(rng, authority, officer, on)
    _said(rng, authority, officer, on)
    _steps(rng, authority, officer, on)


def _colleges(authority: Authority) -> Sequence[Establishment]:
    found = Establishment.objects.filter(
        la_code=authority.code, closed_on=None, kind__in=("college", "provider")
    )
    return list(found.order_by("pk"))


def _planned(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Half of those who need one have a plan, some of them agreed, a few final already."""
    colleges = _colleges(authority)
    people = to_plan_for(officer, on).filter(authority=authority, plan__isnull=True)
    drafted_on = on - timedelta(days=20)
    TransitionPlan.objects.bulk_create(
        _plan(rng, person, planned_year(on), colleges, officer, drafted_on)
        for person in people.order_by("pk").values_list("pk", flat=True)
        if rng.random() < PLANNED
    )


def _plan(
    rng: Random, person: int, year: int, colleges: Sequence[Establishment], officer: User, on: date
) -> TransitionPlan:
    next_step, code = rng.choice(STEPS_TO)
    agreed = on + timedelta(days=rng.randrange(7)) if rng.random() < AGREED else None
    final = agreed + timedelta(days=rng.randrange(7)) if agreed and rng.random() < FINAL else None
    return TransitionPlan(
        person_id=person, year=year, next_step=next_step, code=code, support=rng.choice(SUPPORT),
        second_choice=rng.choice(IF_NOT), establishment=rng.choice(colleges) if colleges and code else None,
        drafted_by=officer, drafted_on=on, agreed_on=agreed, finalised_on=final,
    )  # fmt: skip


def _autumn(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """The list of last autumn was drawn up on its first day; some of those the register could not tell of were asked
    about."""
    limits = ruleset(on).limits
    first = named_day(limits, "start_checked_from", academic_year(on))
    if on < first:
        return
    draw_up_starts(authority=authority, on=first)
    asked = of_state(checked(officer, on), TO_ASK).filter(authority=authority).order_by("pk")
    last = min(on, named_day(limits, "start_checked_until", academic_year(on)))
    answers = [each for each in StartCheck.Answer.values if each != StartCheck.Answer.STARTED]
    held = {
        each.person_id: each
        for each in StartCheck.objects.filter(person__in=asked.values("pk"), year=academic_year(on))
    }
    answered = []
    for person in asked.values_list("pk", flat=True):
        if rng.random() < ANSWERED:
            check = held[person]
            check.answer, check.checked_by = rng.choice(answers), officer
            check.checked_on = first + timedelta(days=rng.randrange(max(1, (last - first).days)))
            answered.append(check)
    StartCheck.objects.bulk_update(answered, ["answer", "checked_on", "checked_by"])


def _said(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Each service has spoken of some of its own."""
    answers = CohortAnswer.Answer
    made = []
    for service in Service.objects.filter(authority=authority).order_by("pk"):
        theirs = YoungPerson.objects.of(authority).filter(
            in_years(BEFORE_LEAVING, on), worked_with(on, [service.pk])
        )
        for person in theirs.order_by("pk").values_list("pk", flat=True):
            if rng.random() < SAID:
                answer = answers.CHANGED if rng.random() < 0.15 else answers.OURS
                words = rng.choice(CHANGED) if answer == answers.CHANGED else ""
                made.append(
                    CohortAnswer(
                        person_id=person, service=service, year=academic_year(on), answer=answer, words=words,
                        answered_on=on - timedelta(days=rng.randrange(10)), answered_by=officer,
                    )
                )  # fmt: skip
    CohortAnswer.objects.bulk_create(made)


def _steps(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """Most steps that are due were done in time, a few others early."""
    colleges = _colleges(authority)
    made = []
    for rule in step_rules(on):
        due_on = rule.due_on(academic_year(on))
        share = DONE_IN_TIME if due_on < on else DONE_EARLY if (due_on - on).days < 60 else 0
        people = to_take(rule, officer, on).filter(authority=authority, done_on__isnull=True)
        for person in people.order_by("pk").values_list("pk", flat=True):
            if rng.random() < share:
                place = rng.choice(colleges) if rule.needs_place and colleges else None
                done_on = min(due_on, on) - timedelta(days=rng.randrange(21))
                made.append(
                    PlanStep(
                        person_id=person, step=rule.code, year=academic_year(on), done_on=done_on,
                        establishment=place, recorded_by=officer,
                    )
                )  # fmt: skip
    PlanStep.objects.bulk_create(made)
