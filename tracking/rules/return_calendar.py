"""What a council asks for every year, as data: which return, of whom, by when, and what its files are called (R10).

Also the pieces for the schools' bulletin (R29), and what files are labelled where they come by another road (R2). Rows
with a council's number are that council's own; rows without one are everybody's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter
from typing import Protocol, TypeVar

from tracking.rules.wordings import placeholders

RETURN_TYPES = (
    "enrolment", "joiners_leavers", "offers", "applications", "potential_neet", "destinations", "census",
    "apprenticeships", "claimants", "transfers", "looked_after", "youth_justice", "home_educated",
    "missing_education", "plans",
)  # fmt: skip
MONTHS = range(1, 13)
LONGEST_MONTH = 31
FURTHEST = 90
# What may stand in the name of a file, and in an article beside the days of the calendar.
IN_FILE_NAMES = frozenset({"la", "number", "short", "year", "month"})
IN_ARTICLES = ("year", "council", "contact", "telephone", "email")
YES = {"Y": True, "N": False}

Row = Mapping[str, str]


class Audience(StrEnum):
    """Who is asked."""

    SIXTH_FORMS = "schools with a sixth form"
    YEAR_11 = "schools with a Year 11"
    COLLEGES = "colleges"
    PROVIDERS = "training providers"
    SENDER = "somebody else"


class DueRule(StrEnum):
    """How the day is found in its month; `number` counts, below zero from the month's end."""

    DAY = "day of the month"
    WORKING_DAY = "working day of the month"
    WEEKDAY = "such weekday of the month"
    WEEKDAY_UNTIL = "last such weekday until the day"


class AsAt(StrEnum):
    """Which day the return describes."""

    DUE = "day it is due"
    OPENS = "day it opens"
    MONTH_BEGINS = "first of the month"
    MONTH_BEFORE_ENDS = "end of the month before"


class Weekday(StrEnum):
    """A working day of the week."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"

    @property
    def number(self) -> int:
        """As dates count: Monday is 0."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True)
class DayRule:
    """The day of a month on which something is due."""

    rule: DueRule
    number: int
    weekday: Weekday | None = None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of the calendar: a return, asked for once in each of its months.

    `asks` are who is asked; where that is somebody else, `sender` says who. `avoids_holidays`: due on a school day,
    else on any working day. `file_name` is empty where the return's own pattern will do.
    """

    code: str
    words: str
    authority: str
    type: str
    asks: Audience
    sender: str
    months: tuple[int, ...]
    due: DayRule
    avoids_holidays: bool
    as_at: AsAt
    opens_days: int
    remind_days: tuple[int, ...]
    file_name: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One piece for the schools' bulletin, to be sent by a day of the year; its text names days by their lines."""

    code: str
    words: str
    authority: str
    month: int
    day: int
    text: str

    def said(self, facts: Mapping[str, str]) -> str:
        """The text with these facts in it."""
        return filled(self.text, facts)


@dataclass(frozen=True, slots=True)
class ChannelLabel:
    """What files are labelled on the road they come by, and which returns may be meant."""

    code: str
    words: str
    authority: str
    types: tuple[str, ...]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """A text with its places filled in; what nobody knows yet is said to be open."""
    return Formatter().vformat(text, (), {name: facts.get(name) or OPEN for name in placeholders(text)})


OPEN = "(day not set yet)"


class OfACouncil(Protocol):
    """A row that may be one council's own."""

    @property
    def authority(self) -> str: ...


T = TypeVar("T", bound=OfACouncil)


def at_council(rows: Iterable[T], authority: str) -> tuple[T, ...]:
    """Those a council (its DfE number) has: its own, and those for all."""
    return tuple(each for each in rows if each.authority in ("", authority))


# -- reading the tables


def return_line(row: Row) -> ReturnLine:
    """A row of the table `return_calendar`. Raises ValueError with the reason."""
    asks, sender = Audience(row["asks"]), row["sender"]
    if (asks is Audience.SENDER) != bool(sender):
        raise ValueError("say who sends it where somebody else is asked, and only there")
    return ReturnLine(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        type=_type(row["type"]),
        asks=asks,
        sender=sender,
        months=_months(row["months"]),
        due=_day_rule(row),
        avoids_holidays=YES[row["avoids_holidays"]],
        as_at=AsAt(row["as_at"]),
        opens_days=_within(row["opens_days"], 0, FURTHEST),
        remind_days=tuple(
            sorted({_within(each, -FURTHEST, FURTHEST) for each in row["remind_days"].split()})
        ),
        file_name=_file_name(row["file_name"]),
    )


def article_line(row: Row) -> ArticleLine:
    """A row of the table `articles`. Raises ValueError with the reason."""
    month, day = _within(row["month"], 1, 12), _within(row["day"], 1, LONGEST_MONTH)
    list(placeholders(row["text"]))
    return ArticleLine(row["code"], row["plain_words"], row["authority"], month, day, row["text"])


def channel_label(row: Row) -> ChannelLabel:
    """A row of the table `channel_labels`. Raises ValueError with the reason."""
    types = tuple(_type(each) for each in row["types"].split())
    if not types:
        raise ValueError("it names no return")
    return ChannelLabel(row["code"], row["plain_words"], row["authority"], types)


def _type(slug: str) -> str:
    if slug not in RETURN_TYPES:
        raise ValueError(f"{slug!r} is no kind of return")
    return slug


def _months(text: str) -> tuple[int, ...]:
    found = tuple(int(each) for each in text.split())
    if not found or any(each not in MONTHS for each in found):
        raise ValueError(f"{text!r} names no months")
    return found


def _day_rule(row: Row) -> DayRule:
    rule, number = DueRule(row["due"]), int(row["number"] or 0)
    weekday = Weekday(row["weekday"]) if row["weekday"] else None
    by_weekday = rule in (DueRule.WEEKDAY, DueRule.WEEKDAY_UNTIL)
    if by_weekday != (weekday is not None):
        raise ValueError("name a weekday where the rule is about one, and only there")
    if not 0 < abs(number) <= LONGEST_MONTH:
        raise ValueError("it names no day of a month")
    if rule is DueRule.WEEKDAY_UNTIL:
        date(2024, 1, number)  # counted from the beginning of the month
    return DayRule(rule, number, weekday)


def _within(text: str, least: int, most: int) -> int:
    number = int(text or 0)
    if not least <= number <= most:
        raise ValueError(f"{number} lies outside {least} to {most}")
    return number


def _file_name(text: str) -> str:
    if unknown := set(placeholders(text)) - IN_FILE_NAMES:
        raise ValueError(f"nothing is filled in for {{{sorted(unknown)[0]}}}")
    return text
