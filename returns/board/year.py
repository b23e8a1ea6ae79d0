"""A year of returns by months: what is due, how many have answered, articles, surveys and holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from returns.board.queries import CollectionLine, collection_lines
from returns.calendar.models import Article, Collection
from returns.calendar.queries.year import lines_at, terms_of
from returns.calendar.rules.school_days import Holiday, holidays
from returns.calendar.rules.year import code_of, months_of
from returns.intake.layouts import LAYOUTS
from returns.surveys.models import Survey
from schools.models import Authority
from tracking.rules.academic_year import academic_year, ends_on, starts_on
from tracking.rules.return_calendar import ReturnLine


@dataclass(frozen=True)
class Due:
    """One return of a month; `asks` says of whom it is asked, or which list it is where nobody is."""

    line: CollectionLine
    asks: str
    standing: tuple[str, str]
    is_list: bool = False

    @property
    def collection(self) -> Collection:
        return self.line.collection


@dataclass(frozen=True)
class Month:
    """A month and what stands in it."""

    first: date
    due: tuple[Due, ...]
    lists: tuple[Due, ...]
    articles: tuple[Article, ...]
    surveys: tuple[Survey, ...]
    closed: tuple[Holiday, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.lists or self.articles or self.surveys or self.closed)


def months(authority: Authority, year: int, on: date) -> list[Month]:
    """The year's months in which anything stands, each thing in the month of its day. Six statements."""
    due = _due(authority, year, on)
    articles = list(Article.objects.filter(authority=authority, academic_year=year).order_by("due_on", "pk"))
    surveys = list(Survey.objects.filter(authority=authority, academic_year=year).order_by("opens_on", "pk"))
    first, last = starts_on(year), ends_on(year)
    closed = [each for each in holidays(terms_of(authority)) if first <= each.first <= last]
    found = [
        Month(
            month,
            tuple(each for each in due if not each.is_list and _in(each.collection.due_on, month)),
            tuple(each for each in due if each.is_list and _in(each.collection.due_on, month)),
            tuple(each for each in articles if _in(each.due_on, month)),
            tuple(each for each in surveys if _in(each.opens_on, month)),
            tuple(each for each in closed if _in(each.first, month)),
        )
        for month in chain(months_of(year), _beyond(year, due))
    ]
    return [each for each in found if not each.is_empty]


def _in(day: date, month: date) -> bool:
    return day.replace(day=1) == month


def _beyond(year: int, due: Iterable[Due]) -> list[date]:
    """Months of returns that describe this year and are due after it."""
    known = set(months_of(year))
    return sorted({each.collection.due_on.replace(day=1) for each in due} - known)


def _due(authority: Authority, year: int, on: date) -> list[Due]:
    found = Collection.objects.filter(authority=authority, academic_year=year)
    lines = collection_lines(list(found.order_by("due_on", "title", "pk")), on)
    asks = {each.code: each for each in lines_at(authority, on)}
    return [_one(each, asks.get(code_of(each.collection.pattern)), on) for each in lines]


def _one(line: CollectionLine, asks: ReturnLine | None, on: date) -> Due:
    if asks is not None:
        return Due(line, asks.sender or str(asks.asks), standing(line, on), is_list=bool(asks.sender))
    layout = LAYOUTS[line.collection.type]
    if layout.is_from_elsewhere:
        return Due(line, layout.title, standing(line, on), is_list=True)
    as_it_came = line.collection.pattern == Collection.AS_IT_COMES
    return Due(line, "sent as it came" if as_it_came else "chosen by hand", standing(line, on))


def standing(line: CollectionLine, on: date) -> tuple[str, str]:
    """How one return of the year stands: words and a tone."""
    collection = line.collection
    if collection.closed_on:
        return "Closed", "plain"
    if collection.published_at is None:
        return ("Nobody asked", "attention") if collection.opens_on < on else ("To come", "plain")
    if line.late:
        return "Late", "bad"
    if line.asked and line.answered == line.asked:
        return "All in", "good"
    return "Asked for", "waiting"


def years_with_returns(authority: Authority, on: date) -> list[int]:
    """The years somebody planned anything in, and the running one, newest first."""
    planned = (
        Collection.objects.filter(authority=authority).order_by().values_list("academic_year", flat=True)
    )
    return sorted({*planned.distinct(), academic_year(on)}, reverse=True)
