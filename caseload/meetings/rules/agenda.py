"""Who is talked about, in whose part of the meeting and for how long; the rest are noted together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from caseload.meetings.rules.reasons import CaseFacts, Reason, reasons_of, weight

OPENING = 10  # minutes for what was decided last time
SHORTEST, LONGEST = 3, 10  # minutes for one young person


@dataclass(frozen=True, slots=True)
class Proposed:
    """One young person as the agenda proposes them."""

    person: int
    service: int | None
    reasons: tuple[Reason, ...]
    minutes: int
    is_talked_about: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One service's part of the meeting: from when to when, and how many are talked about in it."""

    service: int | None
    starts: time
    ends: time
    people: int


def propose(
    cases: Iterable[CaseFacts], *, minutes: int, on: date, order: Mapping[int | None, int]
) -> tuple[Proposed, ...]:
    """Everybody on the list, those to talk about first: by service in the council's order, weightiest first.

    As many are talked about as the time allows at three minutes each; whoever is named, always (R65, R133). `order`
    gives each service its turn; nobody's cases come first, since everybody is there for them.
    """
    weighed = [(reasons_of(each, on), each) for each in cases]
    weighed.sort(key=lambda pair: (-weight(pair[0]), pair[1].neet_since or date.max, pair[1].person))
    talked = _talked_about(weighed, minutes)
    each_gets = minutes_each(minutes, len(talked))
    found = [
        Proposed(each.person, each.service, reasons, each_gets if each.person in talked else 0, each.person in talked)
        for reasons, each in weighed
    ]  # fmt: skip
    turn: dict[int | None, int] = {None: -1, **order}
    return tuple(
        sorted(found, key=lambda each: (not each.is_talked_about, turn.get(each.service, len(turn))))
    )


def _talked_about(weighed: Sequence[tuple[tuple[Reason, ...], CaseFacts]], minutes: int) -> frozenset[int]:
    room = max(0, (minutes - OPENING) // SHORTEST)
    named = [facts.person for reasons, facts in weighed if Reason.NAMED in reasons]
    others = [facts.person for reasons, facts in weighed if reasons and Reason.NAMED not in reasons]
    return frozenset(named + others[: max(0, room - len(named))])


def minutes_each(minutes: int, people: int) -> int:
    """Minutes for one young person from the time there is: at most ten, at least one."""
    return max(1, min(LONGEST, (minutes - OPENING) // people)) if people else 0


def timetable(starts: time, parts: Iterable[tuple[int | None, int]]) -> tuple[Slot, ...]:
    """When each service's part begins and ends, in their order. `parts`: (service, minutes of one young person) for
    each who is talked about. A service comes once, where its first young person stands."""
    together: dict[int | None, list[int]] = {}
    for service, minutes in parts:
        together.setdefault(service, []).append(minutes)
    now = datetime.combine(date(2000, 1, 1), starts) + timedelta(minutes=OPENING)
    slots = []
    for service, each in together.items():
        until = now + timedelta(minutes=sum(each))
        slots.append(Slot(service, now.time(), until.time(), len(each)))
        now = until
    return tuple(slots)
