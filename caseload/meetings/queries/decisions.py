"""What meetings decided, and whether it was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from caseload.meetings.models import Decision, Meeting
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.queries.places import last_before, meetings_of, title_of
from neet.accounts.models import User
from tracking.models import YoungPerson


@dataclass(frozen=True)
class DecisionLine:
    """One decision: about whom, what, whose, and how it stands."""

    decision: Decision
    person: YoungPerson
    number: int
    owner: str
    state: str
    tone: str
    meeting: str

    @property
    def task(self) -> Any:
        return self.decision.task


@dataclass(frozen=True)
class LastTime:
    """What the meeting before decided, as this reader sees it, and how much of everything is done."""

    meeting: Meeting
    decided: int
    done: int
    lines: tuple[DecisionLine, ...]

    @property
    def open(self) -> int:
        return self.decided - self.done

    @property
    def not_done(self) -> tuple[DecisionLine, ...]:
        return tuple(each for each in self.lines if each.task.done_at is None)

    @property
    def was_done(self) -> tuple[DecisionLine, ...]:
        return tuple(each for each in self.lines if each.task.done_at is not None)


def decisions_seen_by(people: QuerySet[YoungPerson]) -> QuerySet[Decision]:
    """Decisions about these young people, with all that a line shows."""
    found = Decision.objects.filter(item__person__in=people.values("pk"))
    return found.select_related(
        "item__person", "item__meeting__type", "item__meeting__district", "task__owner", "task__service"
    )


def decisions_of(user: User, state: str = "", whose: str = "") -> QuerySet[Decision]:
    """What meetings of this user's councils decided about those they see: all, still to do, late, or done."""
    found = decisions_seen_by(seen_by(user)).filter(item__meeting__in=meetings_of(user).values("pk"))
    if whose == "mine":
        found = found.filter(task__owner=user)
    match state:
        case "open":
            return found.filter(task__done_at=None)
        case "done":
            return found.filter(task__done_at__isnull=False)
    return found


def last_time(meeting: Meeting, people: QuerySet[YoungPerson], on: date) -> LastTime | None:
    """What the meeting before decided about these people, and how much of all of it is done; three statements."""
    before = last_before(meeting)
    if before is None:
        return None
    numbers = Decision.objects.filter(item__meeting=before).aggregate(
        decided=Count("pk"), done=Count("pk", filter=Q(task__done_at__isnull=False))
    )
    rows = (
        decisions_seen_by(people).filter(item__meeting=before).order_by("task__done_at", "task__due_on", "pk")
    )
    return LastTime(before, numbers["decided"], numbers["done"], tuple(line_of(each, on) for each in rows))


def line_of(each: Decision, on: date) -> DecisionLine:
    task = each.task
    state, tone = ("Done", "good") if task.done_at else ("To do", "waiting")
    if task.done_at is None and task.due_on and task.due_on < on:
        state, tone = "Overdue", "bad"
    owner = str(task.owner or task.service or "nobody")
    item = each.item
    return DecisionLine(each, item.person, item.number, owner, state, tone, title_of(item.meeting))


def decided_about(items: Iterable[int]) -> Mapping[int, tuple[Decision, ...]]:
    """What was decided, by item of the agenda, in one statement."""
    found: dict[int, tuple[Decision, ...]] = {}
    rows = Decision.objects.filter(item__in=list(items)).select_related("task__owner", "task__service")
    for each in rows.order_by("pk"):
        found[each.item_id] = (*found.get(each.item_id, ()), each)
    return found
