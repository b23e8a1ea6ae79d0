"""On which days a council's schools are at work: in term, not at weekends, not on bank holidays (R148)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from neet.working_days import DAY, is_working_day

# Terms further apart have others between them that nobody entered.
LONGEST_HOLIDAY = timedelta(days=70)
SUMMER = (6, 7, 8)


@dataclass(frozen=True, slots=True)
class Term:
    """One term: its name, first and last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days on which schools are closed, and the term they come after."""

    first: date
    last: date
    after: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolDays:
    """What is known of a council's holidays. Where no terms are known every working day is a school day."""

    closed: tuple[Holiday, ...] = field(default=())

    def is_holiday(self, day: date) -> bool:
        return any(day in holiday for holiday in self.closed)

    def is_school_day(self, day: date) -> bool:
        return is_working_day(day) and not self.is_holiday(day)

    def on_or_before(self, day: date) -> date:
        """The day itself where schools are at work, else the last school day before it."""
        while not self.is_school_day(day):
            day -= DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself where schools are at work, else the next school day."""
        while not self.is_school_day(day):
            day += DAY
        return day


def holidays(terms: Iterable[Term]) -> Iterator[Holiday]:
    """What lies between these terms, and the summer after the last one."""
    in_order = sorted(terms, key=lambda each: each.first)
    for term, after in pairwise(in_order):
        if DAY < after.first - term.last <= LONGEST_HOLIDAY:
            yield Holiday(term.last + DAY, after.first - DAY, term.name)
    if in_order and in_order[-1].last.month in SUMMER:
        last = in_order[-1]
        yield Holiday(last.last + DAY, max(last.last, date(last.last.year, 8, 31)), last.name)


def school_days(terms: Iterable[Term]) -> SchoolDays:
    """The school days of a council with these terms."""
    return SchoolDays(tuple(holidays(terms)))


def for_deadline(due_on: date, days: SchoolDays) -> SchoolDays:
    """The days on which something is said about a deadline: school days, unless it lies in the holidays itself."""
    return SchoolDays() if days.is_holiday(due_on) else days
