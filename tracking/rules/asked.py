"""What somebody typed into the one search box: numbers, a date of birth, a postcode; the rest is a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
TURN_OF_THE_CENTURY = 70

UPN = re.compile(r"\b[A-Z]\d{11}[A-Z0-9]\b", re.IGNORECASE)
CCIS_NUMBER = re.compile(r"\b\d{13}\b")
ULN = re.compile(r"\b\d{10}\b")
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b", re.IGNORECASE)
DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b",
        r"\b(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*{MONTH}[-/. ]*(?P<year>\d{{4}}|\d{{2}})\b",
        rf"\b{MONTH}[-/. ]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[-/. ]*(?P<year>\d{{4}}|\d{{2}})\b",
        r"\b(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})\b",
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a search; `name` is what was left over."""

    name: str = ""
    born_on: date | None = None
    born_on_turned: date | None = None
    postcode: str = ""
    upn: str = ""
    uln: str = ""
    ccis_number: str = ""

    @property
    def number(self) -> str:
        return self.upn or self.uln or self.ccis_number

    @property
    def is_narrowed(self) -> bool:
        """Whether a date of birth or a postcode leaves so few that a name need only be a little like."""
        return bool(self.born_on or self.postcode)

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.born_on or self.postcode or self.number)


def read_words(text: str) -> Asked:
    """Take apart what was typed. A day and month that may have been swapped are offered both ways."""
    asked, rest = Asked(), " ".join(text.split())
    for take in TAKEN:
        asked, rest = take(asked, rest)
    return replace(asked, name=" ".join(re.sub(r"[^\w'’\- ]", " ", rest).split()))


def _upn(asked: Asked, rest: str) -> tuple[Asked, str]:
    found = UPN.search(rest)
    return (replace(asked, upn=found[0].upper()), _without(rest, found)) if found else (asked, rest)


def _ccis_number(asked: Asked, rest: str) -> tuple[Asked, str]:
    found = CCIS_NUMBER.search(rest)
    return (replace(asked, ccis_number=found[0]), _without(rest, found)) if found else (asked, rest)


def _uln(asked: Asked, rest: str) -> tuple[Asked, str]:
    found = ULN.search(rest)
    return (replace(asked, uln=found[0]), _without(rest, found)) if found else (asked, rest)


def _postcode(asked: Asked, rest: str) -> tuple[Asked, str]:
    found = POSTCODE.search(rest)
    if found is None:
        return asked, rest
    return replace(asked, postcode=f"{found[1]} {found[2]}".upper()), _without(rest, found)


def _born_on(asked: Asked, rest: str) -> tuple[Asked, str]:
    for pattern in DATES:
        found = pattern.search(rest)
        day = _day(found) if found else None
        if found and day:
            return replace(asked, born_on=day, born_on_turned=_turned(day)), _without(rest, found)
    return asked, rest


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    month = MONTHS.index(parts["word"].lower()) + 1 if parts.get("word") else int(parts["month"])
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < TURN_OF_THE_CENTURY else 1900
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        return None


def _turned(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _without(rest: str, found: re.Match[str]) -> str:
    return f"{rest[: found.start()]} {rest[found.end() :]}"


TAKEN: tuple[Callable[[Asked, str], tuple[Asked, str]], ...] = (
    _upn,
    _ccis_number,
    _uln,
    _born_on,
    _postcode,
)
