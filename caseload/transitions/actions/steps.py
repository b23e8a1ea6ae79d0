"""Steps of somebody's EHC plan, one by one or one for many; and the plans that name no place in time (R40, R143)."""

from collections.abc import Iterable
from datetime import date

from caseload.transitions.kinds import Kind
from caseload.transitions.models import PlanStep
from caseload.transitions.queries.steps import FIELD, rule_of, to_take
from caseload.transitions.statements import StepTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.register.actions.facts import running
from tracking.register.actions.reach import locked, refuse_fields, repeated, within_reach
from tracking.register.models import Characteristic, YoungPerson
from tracking.register.refusals import NotRight
from tracking.rules.academic_year import academic_year, year_group
from tracking.rules.plan_steps import StepRule


def record_step(*, person: YoungPerson, step: str, told: StepTold, by: User) -> PlanStep:
    """How a step stands in this academic year: done on a day, or due on another than usual, with which place.

    A step that names a place is not done without one. Raises NotRight, NotPermitted.
    """
    today = clock.today()
    rule = found_rule(step, today)
    authority = person.authority_id
    with recorded(Kind.STEP_RECORDED, by=by, authority_id=authority, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        refuse_fields(by, now, [FIELD])
        refuse_unfit(now, rule, told, today)
        held = PlanStep.objects.select_for_update(of=("self",)).filter(
            person=now, step=rule.code, year=academic_year(today)
        )
        said = {
            "done_on": told.done_on,
            "due_on": told.due_on,
            "establishment": told.establishment,
            "words": told.words.strip(),
        }
        step_held = held.first()
        if step_held and all(getattr(step_held, name) == value for name, value in said.items()):
            repeated(event)
            return step_held
        made, _ = PlanStep.objects.update_or_create(
            person=now,
            step=rule.code,
            year=academic_year(today),
            defaults={**said, "recorded_by": by, "recorded_at": clock.now()},
        )
        return made


def steps_done(*, step: str, people: Iterable[int], by: User) -> int:
    """One step was done today for several; how many. Those who do not take it, have done it or are not this user's
    are left out. Raises NotRight for a step that names a place: that is said of each."""
    today = clock.today()
    rule = found_rule(step, today)
    if rule.needs_place:
        raise NotRight({"": "Enter the place of each of them: this step names one"})
    reach = within_reach(by, Permission.CASE_WORK).filter(pk__in=list(people))
    asked = to_take(rule, by, today).filter(pk__in=reach.values("pk"), done_on__isnull=True)
    by_authority: dict[int, list[int]] = {}
    for person, authority in asked.order_by("pk").values_list("pk", "authority"):
        by_authority.setdefault(authority, []).append(person)
    for authority, theirs in by_authority.items():
        with recorded(Kind.STEPS_DONE, by=by, authority_id=authority, subjects=theirs) as event:
            event.counts["people"] = len(theirs)
            write_done(rule, theirs, by, today)
    return sum(len(theirs) for theirs in by_authority.values())


def write_done(rule: StepRule, people: list[int], by: User, on: date) -> None:
    """In one statement; another day it was due on and words stay."""
    PlanStep.objects.bulk_create(
        (
            PlanStep(person_id=each, step=rule.code, year=academic_year(on), done_on=on, recorded_by=by)
            for each in people
        ),
        update_conflicts=True,
        unique_fields=["person", "step", "year"],
        update_fields=["done_on", "recorded_by", "recorded_at"],
    )


def found_rule(step: str, on: date) -> StepRule:
    rule = rule_of(step, on)
    if rule is None:
        raise NotRight({"": "This step is not taken any more"})
    return rule


def refuse_unfit(person: YoungPerson, rule: StepRule, told: StepTold, on: date) -> None:
    if not running(person, on).filter(code=Characteristic.EHCP).exists():
        raise NotRight({"": "They have no EHC plan: record it among their circumstances first"})
    born_on = person.date_of_birth
    if born_on is None or year_group(born_on, on) not in rule.year_groups:
        raise NotRight({"": "This step is for another year group"})
    if told.done_on and told.done_on > on:
        raise NotRight({"done_on": "The day it was done must be today or in the past"})
    if told.done_on and rule.needs_place and not (told.establishment or told.words.strip()):
        raise NotRight({"establishment": "Select the place, or write it in one line"})
    if not any((told.done_on, told.due_on, told.establishment, told.words.strip())):
        raise NotRight({"done_on": "Enter when it was done, or another day by which it is due"})
