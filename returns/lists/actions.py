"""Settling what a list and the register do not agree on, for many young people in one act."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.ui.words import day
from returns.intake.actions.applying import refuse_stranger
from returns.intake.actions.locking import locked
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.taking import steps as steps_of_taking
from returns.lists.kinds import Kind
from returns.lists.models import Explanation, NotOurs
from returns.lists.queries import Difference, SaidBefore, asked_of, meanings_of, names_ticked, said_before
from returns.lists.rules import END, EXPLAIN, NEW, TAKE, acts_for
from returns.lists.statements import steps
from tracking.reference.queries import ruleset
from tracking.register.models import Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.codes import CohortKind

TASK_KIND = "return_differs"
DUE_IN = timedelta(days=14)
KINDS: Mapping[str, Kind] = {END: Kind.ENDED, TAKE: Kind.TAKEN, EXPLAIN: Kind.EXPLAINED}


def settle(*, intake: Intake, act: str, found: Sequence[Difference], why: str = "", by: User) -> int:
    """Do one thing for these young people: end what only the register has, take the list's word, say why it stays as
    it is, or set a task for each (R44). For how many it was done.

    Done twice it is done once. Raises NotRight without a reason where one is asked for or where the act does not fit;
    NotNow where the list is no longer on the register; NotPermitted.
    """
    people = sorted({each.person_id for each in found if each.person_id})
    if any(each.part == NEW or act not in acts_for(each.part, meanings_of(intake)) for each in found):
        raise NotRight({"act": "This cannot be done here."})
    if act == EXPLAIN and not why.strip():
        raise NotRight({"why": "Say why it is right"})
    kind = KINDS.get(act, Kind.TASKS_SET)
    with recorded(kind, by=by, authority_id=intake.authority_id, subjects=people, why=why.strip()) as event:
        held = locked(intake, *Intake.APPLIED)
        refuse_stranger(held, by, Permission.RETURN_RECEIVE)
        if YoungPerson.objects.visible_to(by).filter(pk__in=people).count() < len(people):
            raise NotPermitted(Permission.PERSON_READ)
        list(
            YoungPerson.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=people)
            .order_by("pk")
        )
        done = _done(held, act, found, event)
        event.counts = {"intake": held.pk, "people": done}
    return done


def _done(intake: Intake, act: str, found: Sequence[Difference], event: AuditEvent) -> int:
    people = sorted({each.person_id for each in found if each.person_id})
    if act == END:
        _end(intake, people)
    elif act == TAKE:
        _take(intake, [each.row_id for each in found if each.row_id])
    elif act == EXPLAIN:
        _explain(intake, people, event)
    else:
        return _set_tasks(intake, people)
    return len(people)


def say_not_ours(*, intake: Intake, rows: Sequence[Difference], reason: str, why: str = "", by: User) -> int:
    """Say why these names of a list are not on the register and need not be (R52); of how many. What was said already
    stays. Raises NotRight without a reason; NotNow where the list is no longer on the register; NotPermitted."""
    if reason not in NotOurs.Reason:
        raise NotRight({"reason": "Select why they are not on the register"})
    said = [SaidBefore(each.row_id or 0, each.number or 0, reason, why.strip()[:200]) for each in rows]
    return _say(intake, said, by)


def say_as_before(*, intake: Intake, rows: Sequence[Difference], by: User) -> int:
    """What was said of the same names on an earlier list of the kind holds on this one; of how many. Raises NotNow,
    NotPermitted."""
    before = said_before(intake)
    return _say(intake, [before[each.number] for each in rows if each.number in before], by)


def _say(intake: Intake, said: Sequence[SaidBefore], by: User) -> int:
    with recorded(Kind.NAMES_EXPLAINED, by=by, authority_id=intake.authority_id) as event:
        held = locked(intake, *Intake.APPLIED)
        refuse_stranger(held, by, Permission.RETURN_RECEIVE)
        missing = {each.row_id for each in names_ticked(held, [str(each.number) for each in said])}
        made = NotOurs.objects.bulk_create(
            NotOurs(row_id=each.row_id, reason=each.reason, why=each.why, said_at=event.at, said_by=by)
            for each in said
            if each.row_id in missing
        )
        event.counts = {"intake": held.pk, "names": len(made)}
    return len(made)


def last_day_of(intake: Intake) -> date:
    """The last day of what was so until a list no longer named somebody."""
    return intake.as_at - timedelta(days=1)


def _end(intake: Intake, people: list[int]) -> None:
    asked = {**asked_of(intake), "people": people, "last_day": last_day_of(intake)}
    with connection.cursor() as cursor:
        for statement in steps("end_it").values():
            cursor.execute(statement, asked)


def _take(intake: Intake, rows: list[int]) -> None:
    """By the very statements that took the list over."""
    cohort = sorted(ruleset(intake.as_at).cohort_letters(CohortKind.PRIMARY))[0]
    asked: dict[str, Any] = {**asked_of(intake), "rows": rows, "as_at": intake.as_at, "in_cohort": cohort}
    with connection.cursor() as cursor:
        for statement in (*steps("take_word").values(), *steps_of_taking("apply/listed_done").values()):
            cursor.execute(statement, asked)
        cursor.execute("drop table arriving, deeds")


def _explain(intake: Intake, people: list[int], event: AuditEvent) -> None:
    Explanation.objects.bulk_create(
        (
            Explanation(
                authority_id=intake.authority_id,
                person_id=person,
                type=intake.type,
                listed_on=intake.as_at,
                why=event.why[:200],
                explained_at=event.at,
                explained_by_id=event.user_id,
            )
            for person in people
        ),
        ignore_conflicts=True,
    )


def _set_tasks(intake: Intake, people: list[int]) -> int:
    """Tasks for those who have none of this list yet; how many were set."""
    cause = f"list:{intake.pk}"
    title = LAYOUTS[intake.type].title
    words = f"“{title}” of {intake.sent_by}, {day(intake.as_at)}, and our register differ. Find out which is right"
    set_already = set(
        Task.objects.filter(person__in=people, kind=TASK_KIND, cause=cause, done_at=None).values_list(
            "person_id", flat=True
        )
    )
    made = [
        Task(
            authority_id=intake.authority_id,
            person_id=person,
            kind=TASK_KIND,
            words=words[:240],
            cause=cause,
            due_on=clock.today() + DUE_IN,
        )
        for person in people
        if person not in set_already
    ]
    return len(Task.objects.bulk_create(made))
