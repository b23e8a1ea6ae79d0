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
from returns.lists.models import Explanation
from returns.lists.queries import Difference, asked_of, meanings_of
from returns.lists.rules import END, EXPLAIN, TAKE, acts_for
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
    if any(act not in acts_for(each.part, meanings_of(intake)) for each in found):
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
