"""A year of returns by months: what is due, how many have answered, articles, surveys and holidays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from returns.board.queries import CollectionLine, collection_lines
from returns.calendar.models import Article, Collection
from returns.calendar.queries.year import lines_at, terms_of
from returns.calendar.rules.school_days import Holiday, holidays
from returns.calendar.rules.year import code_of, months_of
from returns.surveys.models import Survey
from schools.models import Authority
from tracking.rules.academic_year import academic_year, ends_on, starts_on


@dataclass(frozen=True)
class Due:
    """One return of a month."""

    line: CollectionLine
    asks: str
    standing: tuple[str, str]

    @property
    def collection(self) -> Collection:
        return self.line.collection


@dataclass(frozen=True)
class Month:
    """A month and what stands in it."""

    first: date
    due: tuple[Due, ...]
    articles: tuple[Article, ...]
    surveys: tuple[Survey, ...]
    closed: tuple[Holiday, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.articles or self.surveys or self.closed)


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
            tuple(each for each in due if _in(each.collection.due_on, month)),
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
    asks = {each.code: each.sender or str(each.asks) for each in lines_at(authority, on)}
    return [Due(each, _asks(each, asks), standing(each, on)) for each in lines]


def _asks(line: CollectionLine, asks: Mapping[str, str]) -> str:
    return asks.get(code_of(line.collection.pattern), "")


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
