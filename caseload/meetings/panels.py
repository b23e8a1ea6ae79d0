"""What meetings put on other pages: this month's meeting on the first page, what was said on a record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from caseload.meetings.models import AgendaItem, Decision
from caseload.meetings.queries.decisions import decisions_of
from caseload.meetings.queries.places import MeetingLine, meetings_of, running, title_of
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from tracking.register.queries.together import counted_together
from tracking.rules.months import ReportingMonth

MOST_MEETINGS, MOST_LINES = 4, 3


@dataclass(frozen=True)
class MeetingsPanel:
    """The meetings somebody leads this month and next, and what was decided and not done."""

    title: str
    meetings: tuple[tuple[MeetingLine, str], ...]
    open_decisions: int
    template: str = "caseload/meetings/home_panel.html"


def home_panel(user: User, on: date) -> MeetingsPanel | None:
    """For those who lead meetings; two statements. Nothing for a council that has none."""
    scope = scope_of(user)
    if not scope.can(Permission.MEETING_LEAD):
        return None
    month = ReportingMonth.of(on)
    found = running(user, month.starts_on, month.after.ends_on, MOST_MEETINGS)
    if not found:
        return None
    is_this_month = found[0].meeting.held_on <= month.ends_on
    return MeetingsPanel(
        "This month’s meeting" if is_this_month else "The next meeting",
        tuple((each, title_of(each.meeting)) for each in found),
        counted_together(open=_open_decisions(user))["open"],
    )


@built_once
def _open_decisions(user: User) -> QuerySet[Decision, Any]:
    return decisions_of(user, "open").order_by().values("pk")


@dataclass(frozen=True)
class Said:
    """One meeting that has somebody on its agenda: why, and what was said and decided."""

    item: AgendaItem
    title: str
    decisions: tuple[Decision, ...]

    @property
    def state(self) -> str:
        if self.item.meeting.closed_at and self.item.settled_at is None:
            return "Not reached"
        if self.item.settled_at is None:
            return "On the agenda" if self.item.treatment == AgendaItem.Treatment.DISCUSS else "To be noted"
        return "Talked about" if self.item.treatment == AgendaItem.Treatment.DISCUSS else "Noted"


@dataclass(frozen=True)
class RecordPanel:
    """What meetings say of one young person, newest first; whoever reads it may name them for one."""

    said: tuple[Said, ...]
    template: str = "caseload/meetings/person_panel.html"


def record_panel(person_id: int, user: User, on: date) -> RecordPanel | None:
    """The shared outcome line of meetings, apart from any service's notes (R142); two statements."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    items = list(_items(person_id, user))
    decided = Decision.objects.select_related("task__owner", "task__service").order_by("pk")
    prefetch_related_objects(items, Prefetch("decisions", queryset=decided))
    return RecordPanel(
        tuple(Said(each, title_of(each.meeting), tuple(each.decisions.all())) for each in items)
    )


@built_once
def _items(person_id: int, user: User) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(person=person_id, meeting__in=meetings_of(user).values("pk"))
    newest = rows.order_by("-meeting__held_on", "-pk")[:MOST_LINES]
    return newest.select_related("meeting__type", "meeting__district", "nominated_by")
