"""The terms of a school year, and the days on which what comes back every year is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from neet.working_days import on_or_before, working_day_of
from tracking.rules.academic_year import FIRST_MONTH
from tracking.rules.council_year import Due, PlanItem
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True, slots=True)
class Term:
    """One term, by the months it stands above on a board, and the day it usually ends on. An item whose council breaks
    up on another day is moved by hand."""

    number: int
    words: str
    months: tuple[int, ...]
    last: tuple[int, int]


SIX = (
    Term(1, "Term 1", (9, 10), (10, 25)),
    Term(2, "Term 2", (11, 12), (12, 20)),
    Term(3, "Term 3", (1, 2), (2, 14)),
    Term(4, "Term 4", (3,), (3, 31)),
    Term(5, "Term 5", (4, 5), (5, 25)),
    Term(6, "Term 6", (6, 7, 8), (7, 22)),
)
THREE = (
    Term(1, "Autumn term", (9, 10, 11, 12), (12, 20)),
    Term(2, "Spring term", (1, 2, 3), (3, 31)),
    Term(3, "Summer term", (4, 5, 6, 7, 8), (7, 22)),
)


def terms_of(number: int) -> tuple[Term, ...]:
    """The terms of a council that has three of them; else six (R147)."""
    return THREE if number == len(THREE) else SIX


def months_of(year: int) -> tuple[ReportingMonth, ...]:
    """The twelve months of an academic year, September first."""
    found = [ReportingMonth.of(date(year, FIRST_MONTH, 1))]
    while len(found) < 12:
        found.append(found[-1].after)
    return tuple(found)


def month_in(year: int, month: int) -> ReportingMonth:
    """The month of that number in an academic year."""
    return ReportingMonth.of(date(year + (month < FIRST_MONTH), month, 1))


def due_days(item: PlanItem, year: int, terms: Sequence[Term]) -> Iterator[tuple[str, date]]:
    """The days in an academic year on which an item is due, each with what tells it from the item's other days.

    A day that nobody works on is the working day before it.
    """
    if item.due is Due.END_OF_TERM:
        for term in terms:
            number, day = term.last
            yield str(term.number), on_or_before(month_in(year, number).starts_on.replace(day=day))
    elif item.due is Due.WORKING_DAY:
        yield "", working_day_of(month_in(year, item.month).ends_on, item.number)
    else:
        month = month_in(year, item.month)
        last = month.ends_on.day
        wanted = item.number if item.number > 0 else last + 1 + item.number
        yield "", on_or_before(month.starts_on.replace(day=max(1, min(wanted, last))))


def a_year_later(day: date) -> date:
    """The same day of the next year, or the working day before it. 29 February becomes the end of that month."""
    year = day.year + 1
    try:
        return on_or_before(day.replace(year=year))
    except ValueError:
        return on_or_before(day.replace(year=year, day=28))


SOON = timedelta(days=14)
NOT_NEEDED = "Not needed"
DONE_WORDS, NOT_NEEDED_WORDS, LATE, DUE, TO_COME = (
    ("Done", "good"),
    ("Not needed", "plain"),
    ("Late", "bad"),
    ("Due", "waiting"),
    ("To come", "plain"),
)


def standing(due_on: date, is_done: bool, outcome: str, on: date) -> tuple[str, str]:
    """How an item stands on a day: words and a tone. What is due within two weeks is due."""
    if is_done:
        return NOT_NEEDED_WORDS if outcome.startswith(NOT_NEEDED) else DONE_WORDS
    if due_on < on:
        return LATE
    return DUE if due_on <= on + SOON else TO_COME
