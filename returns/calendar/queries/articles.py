"""The year's pieces for the schools' bulletin, with this year's days in them (R29)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from returns.calendar.models import Article
from returns.calendar.queries.year import made_from_lines
from returns.calendar.rules.deadlines import in_words
from returns.calendar.rules.year import code_of
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import year_words
from tracking.rules.return_calendar import ArticleLine, at_council, filled


@dataclass(frozen=True)
class Piece:
    """One article as it reads on a day."""

    article: Article
    text: str
    standing: tuple[str, str]


def article_lines(authority: Authority, on: date) -> tuple[ArticleLine, ...]:
    """The articles this council's table has."""
    return at_council(ruleset(on).articles.values(), authority.code)


def pieces(authority: Authority, year: int, on: date) -> list[Piece]:
    """The year's articles in the order of their days. Two statements."""
    facts = facts_of(authority, year)
    found = Article.objects.filter(authority=authority, academic_year=year).order_by("due_on", "pk")
    return [piece(each, facts, on) for each in found]


def piece(article: Article, facts: Mapping[str, str], on: date) -> Piece:
    """What was sent stays as it went; the others follow the calendar."""
    text = article.words if article.sent_on else filled(article.words, facts)
    return Piece(article, text, _standing(article, on))


def _standing(article: Article, on: date) -> tuple[str, str]:
    if article.sent_on:
        return "Sent", "good"
    if article.due_on < on:
        return "Late", "bad"
    return (
        ("Due this month", "waiting")
        if article.due_on.replace(day=1) == on.replace(day=1)
        else ("To come", "plain")
    )


def facts_of(authority: Authority, year: int) -> dict[str, str]:
    """What the articles of a year may name: its days by the short names of the calendar's lines, and whom to ask. One
    statement."""
    days: dict[str, list[date]] = defaultdict(list)
    for pattern, due_on in (
        made_from_lines(authority, year).order_by("due_on").values_list("pattern", "due_on")
    ):
        days[code_of(pattern)].append(due_on)
    return {
        **{code: in_a_row(found) for code, found in days.items()},
        "year": year_words(year),
        "council": authority.name,
        "contact": authority.contact_name or authority.name,
        "telephone": authority.contact_telephone,
        "email": authority.contact_email,
    }


def in_a_row(days: list[date]) -> str:
    """One day with its weekday; several without: 28 May, 30 June and 30 July 2027."""
    if len(days) == 1:
        return in_words(days[0])
    *others, last = (f"{day.day} {day:%B}" for day in days)
    return f"{', '.join(others)} and {last} {days[-1].year}"
