"""Lines kept for vulnerable groups, so that who is hard to reach is not called last for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from caseload.chase.rules.ranking import Ranked

BLOCK = 20
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody in the order of calls: what a call is worth, and since when nobody has tried them. `is_kept`: on a line
    kept for vulnerable groups."""

    person_id: int
    score: float
    vulnerable: bool
    waited_since: datetime
    is_kept: bool = False


def placed(line: Ranked) -> Placed:
    """The same of somebody valued by the rules; never tried counts from the day they became what they are."""
    who = line.who
    began = datetime.combine(who.since, time(), UTC) if who.since else LONG_AGO
    return Placed(who.person_id, line.score, who.vulnerable, who.tried_at or began)


def with_floor(order: Sequence[Placed], lines: int, done: int = 0) -> list[Placed]:
    """The same people with `lines` of each twenty kept for those of vulnerable groups who have waited longest.

    Kept lines stand at even distances, counted from the calls `done` today already, so whoever makes five calls a day
    meets them too. Where nobody vulnerable is left, the next in order takes the line.
    """
    if not lines:
        return list(order)
    return list(_interleaved(order, max(1, BLOCK // lines), done))


def _interleaved(order: Sequence[Placed], every: int, done: int) -> Iterator[Placed]:
    waiting = sorted(
        (each for each in order if each.vulnerable), key=lambda each: (each.waited_since, each.person_id)
    )
    kept, plain, taken = iter(waiting), iter(order), set[int]()
    for place in range(done + 1, done + len(order) + 1):
        line = _next(kept, taken) if place % every == 0 else None
        chosen = replace(line, is_kept=True) if line else _next(plain, taken)
        if chosen:
            taken.add(chosen.person_id)
            yield chosen


def _next(lines: Iterator[Placed], taken: set[int]) -> Placed | None:
    return next((each for each in lines if each.person_id not in taken), None)
