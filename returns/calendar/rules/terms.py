"""Reading the terms of a school year as people paste them: a line for each, with a name, its first and its last day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from neet.files.rules.days import read_day
from returns.calendar.rules.school_days import Term
from tracking.rules.academic_year import academic_year

MOST = 8
LONGEST_NAME = 40
BETWEEN = re.compile(r"\s*[\t,;|]\s*|\s+(?:to|until|till)\s+|\s+[-–—]\s+")
WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)
AS_WRITTEN = "Write each term like: Term 1, 2 September 2026, 23 October 2026"


@dataclass(frozen=True, slots=True)
class TermsRead:
    """The terms that could be read, and what is wrong with the others, in words for the page."""

    terms: tuple[Term, ...]
    wrong: tuple[str, ...]


def read_terms(text: str, year: int) -> TermsRead:
    """The terms of the academic year that begins in `year`, one a line; a day may come without its year."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [_read(line, number, year) for number, line in enumerate(lines, start=1)]
    terms = tuple(sorted((each for each in found if isinstance(each, Term)), key=lambda each: each.first))
    wrong = [each for each in found if isinstance(each, str)]
    return TermsRead(terms, (*wrong, *_together(terms)))


def written(terms: Iterable[Term]) -> str:
    """The terms as `read_terms` takes them."""
    return "\n".join(f"{each.name}, {_day(each.first)}, {_day(each.last)}" for each in terms)


def _read(line: str, number: int, year: int) -> Term | str:
    parts = [part for part in BETWEEN.split(WEEKDAY.sub("", line)) if part]
    days = [day for part in parts[-2:] if (day := _day_in(part, year))]
    if len(parts) < 2 or len(days) < 2:
        return f"Line {number}, “{line[:60]}”: we cannot read its two days. {AS_WRITTEN}"
    first, last = days
    name = " ".join(parts[:-2])[:LONGEST_NAME] or f"Term {number}"
    if last < first:
        return f"{name}: its last day must be on or after its first"
    if {academic_year(first), academic_year(last)} != {year}:
        return f"{name}: its days must lie between 1 September {year} and 31 August {year + 1}"
    return Term(name, first, last)


def _day_in(text: str, year: int) -> date | None:
    """A day as it is written, or of the academic year where it comes without one."""
    if found := read_day(text):
        return found
    for each in (year, year + 1):
        found = read_day(f"{text} {each}")
        if found and academic_year(found) == year:
            return found
    return None


def _together(terms: tuple[Term, ...]) -> Iterator[str]:
    if len(terms) > MOST:
        yield f"A year has at most {MOST} terms"
    names = [each.name.casefold() for each in terms]
    if len(set(names)) < len(names):
        yield "Two terms have the same name"
    for before, after in pairwise(terms):
        if after.first <= before.last:
            yield f"{after.name} begins before {before.name} ends"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
