"""What the values below a heading look like, whatever the heading says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from neet.files.rules.days import Order, read_day
from neet.files.rules.headings import folded
from returns.intake.layouts.columns import Column, Kind
from returns.intake.rules.activities import school_words
from returns.intake.rules.choices import GENDERS, NO_WORDS_SAID, YES_WORDS
from returns.intake.rules.numbers import EMAIL, NOT_A_SIGN, one_phone
from returns.intake.rules.texts import tidy
from returns.intake.rules.whole import share_of_first_names
from tracking.rules.identifiers import uln_warning, upn_warning

LOOKED_AT = 100
FEW = 3
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9O][0-9A-Z]?\s*[0-9O][A-Z]{2}", re.I)
NAME = re.compile(r"[^\W\d_]+(?:[ '’\-.]+[^\W\d_]+){0,3}")
WHOLE_NAME = re.compile(r"[^\W\d_][^,\d]*,\s*[^\W\d_][^,\d]*")
HOUSE = re.compile(r"(?:flat |unit |apartment )?\d+[a-z]?[ ,/-].*[a-z]{3}", re.I)
YEAR_GROUP = re.compile(r"(?:y|yr|year)?\s*(?:[789]|1[0-4])[a-z]?", re.I)
OLDER_YEARS = re.compile(
    r"(?:y|yr|year)?\s*(?:1[5-9]|2[0-4])[a-z]?", re.I
)  # with a plan, or back after a while
DIGITS_13 = re.compile(r"\d{13}")
ACTIVITY_CODE = re.compile(r"[1-9]\d0")
SHORTEST_DAY = 6
NOT_TOLD = -2.0  # contents alone never place such a column

Test = Callable[[str], bool]


@dataclass(frozen=True)
class Look:
    """The values of one column of a file, tidied, those that hold something."""

    values: tuple[str, ...]
    on: date | None

    @classmethod
    def of(cls, values: Sequence[str], on: date | None) -> "Look":
        """At the first values that hold something."""
        held = [text for value in values if (text := tidy(value))]
        return cls(tuple(held[:LOOKED_AT]), on)

    @property
    def says_something(self) -> bool:
        """Whether there is enough to go by."""
        return len(self.values) >= FEW

    def share(self, test: Test) -> float:
        """How many of the values pass, from 0 to 1."""
        return sum(map(test, self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days among the values, read with the day first, else with the month first."""
        texts = [
            text for text in self.values if len(text) >= SHORTEST_DAY or (text.isdecimal() and len(text) == 5)
        ]
        read = (read_day(text) or read_day(text, Order.MONTH_FIRST) for text in texts)
        return tuple(day for day in read if day)

    @cached_property
    def first_names(self) -> float:
        """How many of them, from 0 to 1, are known first names."""
        return share_of_first_names(self.values)

    @cached_property
    def names(self) -> float:
        """How many of them, from 0 to 1, could be a name."""
        return self.share(lambda text: bool(NAME.fullmatch(text)) and len(text) <= 40)

    @property
    def variety(self) -> float:
        """How many different values there are for each value."""
        return len({text.lower() for text in self.values}) / len(self.values)

    def days_within(self, first: date, last: date) -> float:
        """How many of the values, from 0 to 1, are days in this range."""
        return sum(first <= day <= last for day in self.days) / len(self.values) if self.values else 0.0


def fits(look: Look, column: Column) -> float:
    """How well the values fit a column, from -1 to 1; 0 where there is nothing to go by."""
    if not look.says_something:
        return 0.0
    if column.kind is Kind.DAY:
        return _fits_days(look, column)
    if column.kind in (Kind.TEXT, Kind.CHOICE):
        return min(0.0, 1 - 2 * look.share(_is_no_word))
    if column.kind is Kind.YEAR_GROUP:
        return 2 * look.share(_is_year_group) - 1
    share = 2 * look.share(TESTS[column.kind]) - 1
    return max(share, 0.0) if column.kind is Kind.ACTIVITY else share  # the DfE's own words change by year


def speaks_for(look: Look, column: Column) -> float:
    """How far the values alone, without a heading, speak for a column: 1 and more is much, nothing below 0.5 counts."""
    if not look.says_something:
        return NOT_TOLD
    if column.kind is Kind.DAY:
        return _fits_days(look, column) if column.years and look.on else NOT_TOLD
    if alone := ALONE.get(column.name):
        return alone(look)
    return 2 * look.share(TESTS[column.kind]) - 1 if column.kind in TELLING else NOT_TOLD


def _fits_days(look: Look, column: Column) -> float:
    if not column.years or not look.on:
        return 2 * len(look.days) / len(look.values) - 1
    first = date(look.on.year + column.years[0], 1, 1)
    last = date(look.on.year + column.years[1], 12, 31)
    within = look.days_within(max(first, look.on) if column.years[0] == 0 else first, last)
    return 2 * within - 1


def is_a_row(headings: Sequence[str]) -> bool:
    """Whether what stands where headings should are the values of somebody: the file has no headings."""
    signs = sum(
        bool(
            read_day(heading)
            or TESTS[Kind.POSTCODE](heading)
            or TESTS[Kind.UPN](heading)
            or EMAIL.fullmatch(heading)
        )
        for heading in map(tidy, headings)
        if len(heading) >= SHORTEST_DAY
    )
    return signs >= 2


def _is_year_group(text: str) -> bool:
    """Whether it can stand under a heading that says so; alone, fifteen and more may as well be an age."""
    return bool(YEAR_GROUP.fullmatch(text) or OLDER_YEARS.fullmatch(text))


def _is_no_word(text: str) -> bool:
    """Whether a text is surely something else than words: a telephone number, an e-mail address, a day."""
    return (
        _is_phone(text) or bool(EMAIL.fullmatch(text)) or (len(text) >= SHORTEST_DAY and bool(read_day(text)))
    )


def _is_phone(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 9 and bool(one_phone(text)[0])


TESTS: Mapping[Kind, Test] = {
    Kind.UPN: lambda text: len(text) >= 13 and not upn_warning(NOT_A_SIGN.sub("", text.upper())),
    Kind.ULN: lambda text: len(text) >= 10 and not uln_warning(text.replace(" ", "")),
    Kind.PERSON_NUMBER: lambda text: bool(DIGITS_13.fullmatch(text)),
    Kind.POSTCODE: lambda text: bool(POSTCODE.fullmatch(text)),
    Kind.EMAIL: lambda text: bool(EMAIL.fullmatch(text)),
    Kind.PHONE: _is_phone,
    Kind.GENDER: lambda text: not text.isdecimal() and text.lower() in GENDERS,
    Kind.YES_NO: lambda text: text.lower() in YES_WORDS or text.lower() in NO_WORDS_SAID,
    Kind.YEAR_GROUP: lambda text: bool(YEAR_GROUP.fullmatch(text)),
    Kind.ACTIVITY: lambda text: folded(text) in school_words() or bool(ACTIVITY_CODE.fullmatch(text)),
    Kind.NAME: lambda text: not any(map(str.isdigit, text)) and "@" not in text,
    Kind.WHOLE_NAME: lambda text: not any(map(str.isdigit, text)) and " " in text,
}
TELLING = frozenset(
    {Kind.UPN, Kind.ULN, Kind.PERSON_NUMBER, Kind.POSTCODE, Kind.GENDER, Kind.YEAR_GROUP, Kind.ACTIVITY}
)


def _mobiles(look: Look) -> float:
    return 2 * look.share(lambda text: _is_phone(text) and one_phone(text)[0].startswith("07")) - 1


def _landlines(look: Look) -> float:
    return 2 * look.share(lambda text: _is_phone(text) and not one_phone(text)[0].startswith("07")) - 1


ALONE: Mapping[str, Callable[[Look], float]] = {
    "given_name": lambda look: look.names * (0.35 + look.first_names),
    "family_name": lambda look: look.names * (0.95 - look.first_names) if look.variety > 0.3 else NOT_TOLD,
    "whole_name": lambda look: 2 * look.share(lambda text: bool(WHOLE_NAME.fullmatch(text))) - 1,
    "line_1": lambda look: 2 * look.share(lambda text: bool(HOUSE.match(text)) and not read_day(text)) - 1,
    "town": lambda look: look.names * 0.7 if look.variety <= 0.3 and look.first_names < 0.2 else NOT_TOLD,
    "email": lambda look: 2 * look.share(TESTS[Kind.EMAIL]) - 1,
    "mobile": _mobiles,
    "telephone": _landlines,
}
