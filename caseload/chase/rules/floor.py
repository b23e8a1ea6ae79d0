"""Lines kept for vulnerable groups, so that who is hard to reach is not called last for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from caseload.chase.rules.ranking import Ranked

BLOCK = 20
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def with_floor(order: Sequence[Ranked], lines: int, done: int = 0) -> list[Ranked]:
    """The same people with `lines` of each twenty kept for those of vulnerable groups who have waited longest.

    Kept lines stand at even distances, counted from the calls `done` today already, so whoever makes five calls a day
    meets them too. Where nobody vulnerable is left, the next in order takes the line.
    """
    if not lines:
        return list(order)
    every = max(1, BLOCK // lines)
    return list(_interleaved(order, every, done))


def _interleaved(order: Sequence[Ranked], every: int, done: int) -> Iterator[Ranked]:
    kept = iter(sorted((each for each in order if each.who.vulnerable), key=waited))
    plain, taken = iter(order), set[int]()
    for place in range(done + 1, done + len(order) + 1):
        line = _next(kept, taken) if place % every == 0 else None
        chosen = replace(line, is_kept=True) if line else _next(plain, taken)
        if chosen:
            taken.add(chosen.who.person_id)
            yield chosen


def _next(lines: Iterator[Ranked], taken: set[int]) -> Ranked | None:
    return next((each for each in lines if each.who.person_id not in taken), None)


def waited(line: Ranked) -> tuple[datetime, int]:
    """Since when nobody has tried them: never tried counts from the day they became what they are."""
    who = line.who
    began = datetime.combine(who.since, time(), UTC) if who.since else LONG_AGO
    return who.tried_at or began, who.person_id
