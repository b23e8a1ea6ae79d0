"""The agenda of a meeting as one person sees it: only those they may see, with what they may read of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet
from django.utils.timezone import localtime

from caseload.meetings.models import AgendaItem, Decision, Meeting
from caseload.meetings.queries.decisions import decided_about
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.queries.places import STARTS
from caseload.meetings.rules.agenda import Slot, timetable
from caseload.meetings.rules.dates import named_until
from caseload.meetings.rules.reasons import in_words
from neet.accounts.models import User
from tracking.register.queries.register import Line, lines_of

DISCUSS = AgendaItem.Treatment.DISCUSS
EVERYBODY = "Everybody"


@dataclass(frozen=True)
class AgendaLine:
    """One young person on the agenda."""

    item: AgendaItem
    person: Line
    reasons: tuple[str, ...]
    is_late: bool
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Part:
    """One service's part of the meeting: when, and whom of it this reader sees."""

    service: int | None
    words: str
    starts: time
    ends: time
    people: int
    lines: tuple[AgendaLine, ...]

    @property
    def hidden(self) -> int:
        return self.people - len(self.lines)


@dataclass(frozen=True)
class Agenda:
    """Those to talk about by service, those to note, and how many of them this reader does not see."""

    parts: tuple[Part, ...]
    rest: tuple[AgendaLine, ...]
    rest_hidden: int

    @property
    def to_talk(self) -> int:
        return sum(each.people for each in self.parts)

    @property
    def to_note(self) -> int:
        return len(self.rest) + self.rest_hidden

    @property
    def lines(self) -> tuple[AgendaLine, ...]:
        return tuple(line for part in self.parts for line in part.lines) + self.rest

    @property
    def rest_noted(self) -> int:
        return sum(line.item.settled_at is not None for line in self.rest)


def agenda_of(meeting: Meeting, user: User, on: date) -> Agenda:
    """The agenda as this user sees it; three statements whatever its length."""
    items = items_of(meeting)
    people = {
        each.pk: each for each in lines_of(seen_by(user).filter(agenda_items__meeting=meeting), user, on)
    }
    decided = decided_about([each.pk for each in items]) if meeting.opened_at else {}
    seen = [
        _line(each, people[each.person_id], meeting, decided.get(each.pk, ()))
        for each in items
        if each.person_id in people
    ]
    talked = [each for each in items if each.treatment == DISCUSS]
    rest = tuple(each for each in seen if each.item.treatment != DISCUSS)
    return Agenda(
        parts=_parts(meeting, talked, [each for each in seen if each.item.treatment == DISCUSS]),
        rest=tuple(sorted(rest, key=lambda each: (each.person.family_name, each.person.given_name))),
        rest_hidden=len(items) - len(talked) - len(rest),
    )


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Every item in the order of the meeting: parts in the order in which they begin."""
    found = meeting.items.select_related("service", "nominated_by", "settled_by").order_by("place", "pk")
    return in_parts(found)


def in_parts(found: QuerySet[AgendaItem]) -> list[AgendaItem]:
    rows = list(found)
    turn: dict[int | None, int] = {}
    for each in rows:
        if each.treatment == DISCUSS:
            turn.setdefault(each.service_id, len(turn))
    return sorted(rows, key=lambda each: (each.treatment != DISCUSS, turn.get(each.service_id, len(turn))))


def slots_of(meeting: Meeting, talked: Iterable[AgendaItem]) -> tuple[Slot, ...]:
    return timetable(meeting.starts_at or STARTS, ((each.service_id, each.minutes) for each in talked))


def _parts(meeting: Meeting, talked: Sequence[AgendaItem], seen: Sequence[AgendaLine]) -> tuple[Part, ...]:
    words = {each.service_id: each.service.name for each in talked if each.service}
    return tuple(
        Part(
            slot.service,
            words.get(slot.service or 0, EVERYBODY),
            slot.starts,
            slot.ends,
            slot.people,
            tuple(each for each in seen if each.item.service_id == slot.service),
        )
        for slot in slots_of(meeting, talked)
    )


def _line(item: AgendaItem, person: Line, meeting: Meeting, decided: tuple[Decision, ...]) -> AgendaLine:
    return AgendaLine(item, person, in_words(item.why), is_late(item, meeting), decided)


def is_late(item: AgendaItem, meeting: Meeting) -> bool:
    """Named after the last day for it."""
    until = named_until(meeting.held_on, meeting.type.name_by_working_days)
    return item.nominated_at is not None and localtime(item.nominated_at).date() > until
