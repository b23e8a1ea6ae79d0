"""What meetings put on other pages: this month's meeting on the first page, what was said on a record."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from caseload.meetings.models import AgendaItem, Decision
from caseload.meetings.queries.decisions import decisions_of
from caseload.meetings.queries.places import MeetingLine, led_by, lines, meetings_of, title_of
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
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
    wanted = meetings_of(user).filter(led_by(user), closed_at=None, held_on__gte=month.starts_on)
    wanted = wanted.filter(held_on__lte=month.after.ends_on).order_by("held_on", "pk")
    found = lines(wanted[:MOST_MEETINGS])
    if not found:
        return None
    is_this_month = found[0].meeting.held_on <= month.ends_on
    return MeetingsPanel(
        "This month’s meeting" if is_this_month else "The next meeting",
        tuple((each, title_of(each.meeting)) for each in found),
        decisions_of(user, "open").count(),
    )


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
    decided = Decision.objects.select_related("task__owner", "task__service").order_by("pk")
    items = (
        AgendaItem.objects.filter(person=person_id, meeting__in=meetings_of(user).values("pk"))
        .select_related("meeting__type", "meeting__district", "nominated_by")
        .prefetch_related(Prefetch("decisions", queryset=decided))
        .order_by("-meeting__held_on", "-pk")
    )
    said = tuple(
        Said(each, title_of(each.meeting), tuple(each.decisions.all())) for each in items[:MOST_LINES]
    )
    return RecordPanel(said)
