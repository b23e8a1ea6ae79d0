"""The stages of a month's work on cases, and the days they fall on (R59)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from neet.working_days import working_day_of
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True, slots=True)
class Planned:
    """One stage of every month: from which working day to which; below zero counts from the month's end (-1 is its
    last working day). `months_before` is how many months earlier it falls, `every_months` how seldom it comes."""

    words: str
    first_working_day: int
    last_working_day: int
    every_months: int = 1
    months_before: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """A stage with its days, both included."""

    words: str
    starts_on: date
    ends_on: date


TRACKING = Planned("Tracking and screening", 1, -1, months_before=1)
# What most councils do with several services, and the simple shape with one.
SEVERAL = (
    TRACKING,
    Planned("Allocate and hand the lists out", 1, 5),
    Planned("Review and update", 6, 15),
    Planned("Meeting about those with EHC plans", -5, -1),
    Planned("Meeting of all agencies", -5, -1, every_months=2),
)
SIMPLE = (
    TRACKING,
    Planned("Allocate", 1, 3),
    Planned("Review and update", 4, 15),
    Planned("Meeting", -5, -1),
)


def stages(plan: Iterable[Planned], month: ReportingMonth) -> Iterator[Dated]:
    """The stages that this month has, with their days; one that would end before it begins is its first day."""
    for each in plan:
        if month.ends_on.month % each.every_months == 0:
            there = _earlier(month, each.months_before).ends_on
            first = working_day_of(there, each.first_working_day)
            last = working_day_of(there, each.last_working_day)
            yield Dated(each.words, first, max(first, last))


def _earlier(month: ReportingMonth, count: int) -> ReportingMonth:
    for _ in range(count):
        month = month.before
    return month
