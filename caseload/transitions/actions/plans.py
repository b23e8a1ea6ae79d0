"""Plans for the next step: written, changed, checked, ended (R135)."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from caseload.transitions.kinds import Kind
from caseload.transitions.models import TransitionPlan
from caseload.transitions.queries.plans import running
from caseload.transitions.rules import planned_year
from caseload.transitions.statements import PlanTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import locked, repeated, within_reach
from tracking.register.models import YoungPerson
from tracking.register.refusals import Conflict, NotRight

SAID = tuple(each.name for each in fields(PlanTold))


def write_plan(*, person: YoungPerson, told: PlanTold, by: User) -> TransitionPlan:
    """A plan for the coming summer, one for each young person; the same written twice is one plan.

    Raises Conflict where a colleague wrote another one meanwhile, NotRight, NotPermitted.
    """
    with recorded(Kind.PLAN_WRITTEN, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        refuse_unfit(now, told)
        said = as_said(told)
        held = running(clock.today()).filter(person=now).first()
        if held and (differing := differences(held, said)):
            raise Conflict(theirs={name: getattr(held, name) for name in differing}, yours=differing)
        if held:
            repeated(event)
            return held
        return TransitionPlan.objects.create(
            person=now, year=planned_year(clock.today()), drafted_by=by, drafted_on=clock.today(), **said
        )


def change_plan(*, plan: TransitionPlan, told: PlanTold, version: int, by: User) -> TransitionPlan:
    """The plan as it is now wanted. Raises Conflict where it changed since the page was opened and the answers
    differ, NotRight (also for one that was ended), NotPermitted."""
    person = plan.person
    with recorded(Kind.PLAN_CHANGED, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        refuse_unfit(now, told)
        held = TransitionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk, person=now)
        refuse_ended(held)
        differing = differences(held, as_said(told))
        if not differing:
            repeated(event)
            return held
        if held.version != version:
            raise Conflict(theirs={name: getattr(held, name) for name in differing}, yours=differing)
        for name, value in differing.items():
            setattr(held, name, value)
        held.version += 1
        held.save(update_fields=[*differing, "version"])
        return held


def check_plans(*, plans: Iterable[int], by: User) -> int:
    """These final plans were gone through with the young people today and still hold; how many (R135).

    Those that are not final, were ended or are not this user's are left out.
    """
    today = clock.today()
    mine = within_reach(by, Permission.CASE_WORK).values("pk")
    asked = TransitionPlan.objects.select_for_update(of=("self",)).filter(
        pk__in=list(plans), person__in=mine, ended_on=None, finalised_on__isnull=False
    )
    found = list(asked.exclude(checked_on=today).select_related("person").order_by("pk"))
    for authority in sorted({each.person.authority_id for each in found}):
        theirs = [each for each in found if each.person.authority_id == authority]
        with recorded(Kind.PLANS_CHECKED, by=by, authority_id=authority) as event:
            event.subjects = sorted(each.person_id for each in theirs)
            event.counts["plans"] = len(theirs)
            TransitionPlan.objects.filter(pk__in=[each.pk for each in theirs]).update(checked_on=today)
    return len(found)


def end_plan(*, plan: TransitionPlan, why: str, by: User) -> TransitionPlan:
    """The plan holds no longer, for a reason; another one may be written. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Enter why the plan ends"})
    person = plan.person
    with recorded(
        Kind.PLAN_ENDED, by=by, authority_id=person.authority_id, subjects=[person.pk], why=why.strip()
    ) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        held = TransitionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk, person=now)
        if held.ended_on:
            repeated(event)
            return held
        held.ended_on = clock.today()
        held.version += 1
        held.save(update_fields=["ended_on", "version"])
        return held


def as_said(told: PlanTold) -> dict[str, Any]:
    """The columns a statement fills."""
    said = {name: getattr(told, name) for name in SAID}
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


def differences(held: TransitionPlan, said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if getattr(held, name) != value}


def refuse_ended(plan: TransitionPlan) -> None:
    if plan.ended_on:
        raise NotRight({"": "This plan was ended. Write a new one"})


def refuse_unfit(person: YoungPerson, told: PlanTold) -> None:
    """What cannot be a plan: nothing said, final before it was agreed, somebody else's service."""
    if not told.next_step.strip():
        raise NotRight({"next_step": "Enter the next step"})
    if told.code and told.code not in ruleset(clock.today()).activities:
        raise NotRight({"code": "Select what they will be doing from the list"})
    if told.finalised_on and not told.agreed_on:
        raise NotRight({"agreed_on": "Enter when it was agreed with them: a final plan is an agreed one"})
    if told.agreed_on and told.finalised_on and told.finalised_on < told.agreed_on:
        raise NotRight({"finalised_on": "The plan is final on or after the day it was agreed"})
    if told.service and told.service.authority_id != person.authority_id:
        raise NotRight({"service": "Select a service of this council"})
