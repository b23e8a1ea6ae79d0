"""Where the figures of the coming months will lie, as far as earlier years tell, and how far wrong that has been.

The expected value of a month is that of the same month a year before, moved by how the last months stand beside the
same months of their year before (as a ratio; `pull` says how much of that move is taken: the value that would have
been best in the past). September is left out of both: everybody is confirmed anew then, and the figures jump (the
September saw-tooth). The range holds at least four of five of the errors the same way of forecasting made so far back,
and nothing is forecast before it has been tried often enough (R87: the yearly figure with the months to come).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, exp, log
from statistics import fmean

from tracking.rules.months import ReportingMonth

SEPTEMBER = 9
LOOKED_AT = 3  # months that say how this year stands beside the last
PULLS = (0.0, 0.25, 0.5, 0.75, 1.0)
TRIES = 6  # errors needed before a range is given
HELD = 0.8  # share of past errors within the range
LEAST = 0.01  # per cent; a rate of nought has no ratio

Series = Mapping[ReportingMonth, float]


@dataclass(frozen=True, slots=True)
class Expected:
    """A month's rate in per cent, the range that held four of five earlier months, how far wrong forecasts so many
    months ahead were on average (percentage points), beside taking last year's month, and from how many tries."""

    month: ReportingMonth
    value: float
    low: float
    high: float
    error: float
    error_of_last_year: float
    tries: int


@dataclass(frozen=True, slots=True)
class Untold:
    """Why nothing is forecast of a month."""

    month: ReportingMonth
    why: str


def year_before(month: ReportingMonth) -> ReportingMonth:
    """The same month a year before."""
    return ReportingMonth.of(month.starts_on.replace(year=month.starts_on.year - 1))


def later(month: ReportingMonth, months: int) -> ReportingMonth:
    """The month so many months later; earlier where they are fewer than none."""
    years, at = divmod(month.ends_on.month - 1 + months, 12)
    return ReportingMonth.of(date(month.ends_on.year + years, at + 1, 1))


def ahead(origin: ReportingMonth, month: ReportingMonth) -> int:
    """How many months a month lies after another."""
    return (month.ends_on.year - origin.ends_on.year) * 12 + month.ends_on.month - origin.ends_on.month


def forecast(history: Series, wanted: Iterable[ReportingMonth]) -> list[Expected | Untold]:
    """What to expect of each wanted month after the last of the history. Rates in per cent."""
    if not history:
        return [Untold(month, "There is no month yet to go by.") for month in wanted]
    origin = max(history)
    return [_one(history, origin, month) for month in wanted]


def best_pull(history: Series, distance: int) -> float:
    """How much of a year's move to take, so many months ahead: what would have been best so far; none of it (last
    year's month alone) where nothing can be tried."""
    tried = {pull: tries(history, distance, pull) for pull in PULLS}
    return min(tried, key=lambda pull: fmean(map(abs, tried[pull])) if tried[pull] else 0.0)


def _one(history: Series, origin: ReportingMonth, month: ReportingMonth) -> Expected | Untold:
    distance = ahead(origin, month)
    if distance < 1:
        raise ValueError(f"{month.slug} is not after {origin.slug}")
    if year_before(month) not in history:
        return Untold(month, f"{year_before(month).words} is not known, which it would be reckoned from.")
    pull = best_pull(history, distance)
    errors = tries(history, distance, pull)
    if len(errors) < TRIES:
        why = f"Forecasts {distance} months ahead could be tried {len(errors)} times so far; {TRIES} are needed."
        return Untold(month, why if distance > 1 else why.replace("1 months", "a month"))
    value = point(history, origin, month, pull)
    assert value is not None
    # One more than there are: the month to come is one of those the range is to hold (as conformal prediction has it).
    held = min(1.0, HELD * (len(errors) + 1) / len(errors))
    reach = quantile(sorted(abs(each) for each in errors), held)
    points = [_in_points(history, origin_, month_, pull) for origin_, month_ in _pairs(history, distance)]
    lasts = [abs(history[month_] - history[year_before(month_)]) for _, month_ in _pairs(history, distance)]
    return Expected(
        month, value, value * exp(-reach), value * exp(reach), fmean(points), fmean(lasts), len(errors)
    )


def point(history: Series, origin: ReportingMonth, month: ReportingMonth, pull: float) -> float | None:
    """The expected rate of a month as it would have been told at the end of another, knowing nothing later. None
    where the year before is not known."""
    last = year_before(month)
    if last > origin or last not in history:
        return None
    moved = _moved(history, origin)
    return exp(_log(history[last]) + pull * (fmean(moved) if moved else 0.0))


def _moved(history: Series, origin: ReportingMonth) -> list[float]:
    """How the last months up to another stand beside the same months a year before, as logarithms."""
    found: list[float] = []
    first, each = min(history), origin
    while each > first and len(found) < LOOKED_AT:
        if each in history and year_before(each) in history and each.ends_on.month != SEPTEMBER:
            found.append(_log(history[each]) - _log(history[year_before(each)]))
        each = each.before
    return found


def tries(history: Series, distance: int, pull: float) -> list[float]:
    """The errors (natural logarithm of actual over expected) of every forecast so many months ahead that the history
    can check."""
    found = []
    for origin, month in _pairs(history, distance):
        value = point(history, origin, month, pull)
        assert value is not None
        found.append(_log(history[month]) - log(value))
    return found


def _pairs(history: Series, distance: int) -> list[tuple[ReportingMonth, ReportingMonth]]:
    """Origins and months that far ahead, both known, with the months a year before them; never September."""
    return [
        (origin, month)
        for origin, month in ((each, later(each, distance)) for each in sorted(history))
        if month in history
        and month.ends_on.month != SEPTEMBER
        and year_before(month) in history
        and year_before(origin) in history
        and year_before(month) <= origin
    ]


def _in_points(history: Series, origin: ReportingMonth, month: ReportingMonth, pull: float) -> float:
    value = point(history, origin, month, pull)
    assert value is not None
    return abs(history[month] - value)


def _log(rate: float) -> float:
    return log(max(rate, LEAST))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The least value that so much of an ordered list lies at or below."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class YearlyExpected:
    """A yearly figure: the mean of months that are known and of those expected, with its range, in per cent."""

    value: float
    low: float
    high: float
    known: int
    expected: int


def yearly(known: Sequence[float], expected: Sequence[Expected]) -> YearlyExpected:
    """The mean of a yearly figure's months, all of about the same cohort. The range takes all months to err the same
    way, so it is rather too wide than too narrow. Raises ValueError for no months."""
    if not known and not expected:
        raise ValueError("There is no figure of no months.")

    def mean(part: str) -> float:
        return fmean([*known, *(getattr(each, part) for each in expected)])

    return YearlyExpected(mean("value"), mean("low"), mean("high"), len(known), len(expected))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would be done: so many of those not known are found, so many of the found are NEET, and so many NEET go into
    learning or work."""

    found: int = 0
    found_neet: int = 0
    placed: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """NEET and not known of a cohort, counted."""

    cohort: float
    neet: float
    not_known: float

    @property
    def together(self) -> float:
        """Both, in per cent of the cohort."""
        return 100 * (self.neet + self.not_known) / self.cohort if self.cohort else 0.0


def done(now: Rates, what: WhatIf) -> Rates:
    """The counts after it. Raises ValueError where more are found or placed than there are."""
    if what.found_neet > what.found or what.found > now.not_known or what.placed > now.neet + what.found_neet:
        raise ValueError("More than there are.")
    return Rates(now.cohort, now.neet + what.found_neet - what.placed, now.not_known - what.found)


def run_rate(expected: float, target: float, cohort: float, weeks: float) -> int:
    """How many young people a week would have to count otherwise for an expected rate to come down to a target, both in
    per cent of the cohort. Nought where it is met already."""
    people = (expected - target) * cohort / 100
    return ceil(people / weeks - 1e-9) if people > 0 and weeks > 0 else 0
