"""Choosing the schools a team works with, and the plan of each: steps are tasks like any other (R73)."""

from collections.abc import Collection

from caseload.prevention.kinds import Kind
from caseload.prevention.models import SchoolFocus
from caseload.prevention.queries.people import workers_of
from caseload.prevention.queries.schools import STEP, School, cause_of, steps_of
from caseload.prevention.statements import FocusTold, StepTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year

P = Permission


def choose(*, authority: Authority, schools: Collection[School], by: User) -> int:
    """These schools are worked with this academic year, with their place and number in the ranking; how many were new.
    Chosen already they stay as they are. Raises NotRight, NotPermitted."""
    if not schools:
        raise NotRight({"": "Tick at least one school"})
    refuse_elsewhere(authority.pk, by, P.PLAN_CHANGE)
    year = academic_year(clock.today())
    with recorded(Kind.SCHOOLS_CHOSEN, by=by, authority_id=authority.pk) as event:
        one_at_a_time("school_focus", authority.pk)
        there = set(
            SchoolFocus.objects.filter(authority=authority, academic_year=year, ended_on=None).values_list(
                "establishment_id", flat=True
            )
        )
        made = SchoolFocus.objects.bulk_create(
            SchoolFocus(
                authority=authority, establishment_id=each.pk, academic_year=year, place=each.place, neet=each.neet,
                chosen_by=by,
            )
            for each in schools
            if each.pk not in there
        )  # fmt: skip
        event.counts = {"schools": len(made)}
        return len(made)


def refuse_elsewhere(authority_id: int, by: User, permission: Permission) -> None:
    if not any(each.authority_id == authority_id for each in scope_of(by).where(permission)):
        raise NotPermitted(permission)


def change_focus(*, focus: SchoolFocus, told: FocusTold, by: User) -> None:
    """Who works with the school, what is agreed, when it was last looked at together. Raises NotRight, NotPermitted."""
    refuse_elsewhere(focus.authority_id, by, P.CASE_WORK)
    if told.officer and not workers_of(focus.authority).filter(pk=told.officer.pk).exists():
        raise NotRight({"officer": "Select somebody who works on cases for this council"})
    if told.reviewed_on and told.reviewed_on > clock.today():
        raise NotRight({"reviewed_on": "The day must be today or in the past"})
    with recorded(Kind.SCHOOL_CHANGED, by=by, authority_id=focus.authority_id, counts={"focus": focus.pk}):
        focus.officer, focus.words, focus.reviewed_on = told.officer, told.words.strip(), told.reviewed_on
        focus.save(update_fields=["officer", "words", "reviewed_on"])


def end_focus(*, focus: SchoolFocus, by: User) -> None:
    """The school is not worked with any more; steps still to do are closed and say so. Raises NotPermitted."""
    refuse_elsewhere(focus.authority_id, by, P.PLAN_CHANGE)
    with recorded(Kind.SCHOOL_ENDED, by=by, authority_id=focus.authority_id, counts={"focus": focus.pk}):
        SchoolFocus.objects.filter(pk=focus.pk, ended_on=None).update(ended_on=clock.today())
        steps_of(focus).filter(done_at=None).update(
            done_at=clock.now(), done_by=by, outcome="The school is not worked with any more"
        )


def add_step(*, focus: SchoolFocus, told: StepTold, by: User) -> Task:
    """One step of the school's plan becomes a task of its owner, else of whoever works with the school. Raises
    NotRight, NotPermitted."""
    refuse_elsewhere(focus.authority_id, by, P.CASE_WORK)
    if not told.words.strip():
        raise NotRight({"words": "Enter what is to be done"})
    if told.owner and not workers_of(focus.authority).filter(pk=told.owner.pk).exists():
        raise NotRight({"owner": "Select somebody who works on cases for this council"})
    with recorded(
        Kind.STEP_ADDED, by=by, authority_id=focus.authority_id, counts={"focus": focus.pk}
    ) as event:
        held = SchoolFocus.objects.select_for_update(of=("self",)).get(pk=focus.pk)
        if held.ended_on:
            raise NotRight({"": "The school is not worked with any more"})
        same = steps_of(held).filter(words=told.words.strip(), due_on=told.due_on, done_at=None).first()
        if same:
            event.counts["repeated"] = 1
            return same
        return Task.objects.create(
            authority_id=held.authority_id,
            kind=STEP,
            cause=cause_of(held, steps_of(held).count() + 1),
            words=told.words.strip(),
            owner=told.owner or held.officer,
            due_on=told.due_on,
        )


def close_step(*, focus: SchoolFocus, step: Task, outcome: str, by: User) -> None:
    """It is done, and what came of it. Raises NotPermitted."""
    refuse_elsewhere(focus.authority_id, by, P.CASE_WORK)
    with recorded(Kind.STEP_DONE, by=by, authority_id=focus.authority_id, counts={"task": step.pk}):
        steps_of(focus).filter(pk=step.pk, done_at=None).update(
            done_at=clock.now(), done_by=by, outcome=outcome.strip()
        )
