"""How forecasts of months that are over by now would have done: what was told then, what came, how far wrong it was.

Each is made anew as at the end of its own month, from what was counted by then and nothing later (R87).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from tracking.rules.forecast import Expected, Series, best_pull, forecast, later, point, year_before
from tracking.rules.months import ReportingMonth

EXACT = 1e-9
DISTANCES = range(1, 7)  # how many months ahead


@dataclass(frozen=True, slots=True)
class Tried:
    """One month told so many months ahead, in per cent: what was expected, the range (None: too little was known then
    to give one, so nothing would have been shown), what came, and what the same month a year before had been."""

    month: ReportingMonth
    distance: int
    value: float
    low: float | None
    high: float | None
    came: float
    year_before: float

    @property
    def error(self) -> float:
        """What came less what was expected, in percentage points."""
        return self.came - self.value

    @property
    def is_held(self) -> bool | None:
        """Whether what came lay in the range; None without one."""
        if self.low is None or self.high is None:
            return None
        return self.low - EXACT <= self.came <= self.high + EXACT


@dataclass(frozen=True, slots=True)
class Tally:
    """All tries so many months ahead: how far wrong they were in the mean (percentage points), beside last year's month
    alone; how many had a range, and how many of those it held."""

    distance: int
    tries: int
    error: float
    error_of_last_year: float
    ranged: int
    held: int


def back_test(history: Series, months: Collection[int], distances: Iterable[int] = DISTANCES) -> list[Tried]:
    """Every month of these numbers (12 is December) that the history can check, the oldest first, the farthest told
    first. Rates in per cent."""
    found = []
    for month in sorted(each for each in history if each.ends_on.month in months):
        for distance in sorted(distances, reverse=True):
            origin = later(month, -distance)
            if origin in history and year_before(month) in history and year_before(month) <= origin:
                found.append(_tried(history, origin, month, distance))
    return found


def _tried(history: Series, origin: ReportingMonth, month: ReportingMonth, distance: int) -> Tried:
    known = {each: value for each, value in history.items() if each <= origin}
    [told] = forecast(known, [month])
    low, high = (told.low, told.high) if isinstance(told, Expected) else (None, None)
    value = (
        told.value if isinstance(told, Expected) else point(known, origin, month, best_pull(known, distance))
    )
    assert value is not None
    return Tried(month, distance, value, low, high, history[month], history[year_before(month)])


def tally(tries: Sequence[Tried]) -> list[Tally]:
    """The tries by how many months ahead, the nearest first."""
    return [
        _tally(each, [one for one in tries if one.distance == each])
        for each in sorted({t.distance for t in tries})
    ]


def _tally(distance: int, tries: Sequence[Tried]) -> Tally:
    ranged = [each for each in tries if each.is_held is not None]
    return Tally(
        distance,
        len(tries),
        fmean(abs(each.error) for each in tries),
        fmean(abs(each.came - each.year_before) for each in tries),
        len(ranged),
        sum(each.is_held is True for each in ranged),
    )
