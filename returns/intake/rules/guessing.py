"""Which heading of a file holds which column: told from what the heading says and from what stands below it.

Nobody is made to use our template. A guess says why it was made and whether it is sure; what is not sure is asked.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from neet.files.rules.headings import folded
from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.rules.assigning import assign
from returns.intake.rules.contents import Look, fits, speaks_for

SAYS_SO, SAYS_NEARLY, HOLDS_IT = 3.0, 2.0, 1.6
SURE_NAME = SAYS_SO - 0.5
RANK = 0.01  # the first heading a column is known by beats the second
NEARLY = 88  # of 100 letters alike
ALONE_ENOUGH = 0.5
SURELY, AGAINST = 0.8, -0.5
CHOICE = 0.25  # how much better the best has to be than the next to be sure of it
NO_HEADING = re.compile(r"column\s?[a-z]{1,3}|field\s?\d*|f\d+|unnamed.*|\d*|[a-z]", re.I)
TWICE = re.compile(r"\s\([A-Z]{1,3}\)$")
WORDS = re.compile(r"[a-z0-9]+")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
OTHERS = frozenset(
    {
        "parent", "parents", "parental", "carer", "guardian", "mother", "father", "mum", "dad", "contact", "emergency",
        "kin", "priority", "nok", "school", "previous", "employer", "college", "doctor", "sibling", "former", "social",
        "worker",
    }
)  # fmt: skip
SHORT = frozenset({"dob", "upn", "uln"})  # short, and telling all the same
REACHED_BY: Mapping[Kind, frozenset[str]] = {
    Kind.PHONE: frozenset({"tel", "telephone", "phone", "mobile", "mob", "landline"}),
    Kind.EMAIL: frozenset({"email", "mail"}),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """Which column a heading holds (empty: none of ours), whether that is sure, and why. What only the contents tell is
    not sure, nor that a heading is none of ours where what stands below looks like a column we have nothing for."""

    column: str
    heading: str
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Tie:
    """How strongly a heading and a column belong together, by name and by contents."""

    worth: float
    by_name: float
    by_contents: float


def guess(
    layout: Layout,
    headings: Sequence[str],
    sample_rows: Sequence[Mapping[str, str]],
    remembered: Mapping[str, str] | None = None,
    on: date | None = None,
) -> list[Guess]:
    """A guess for each heading in its place; each column once. `remembered` is heading by column as once confirmed,
    and counts where all its headings are there. `on` is the day of the return; by it a birth date is told from the
    first day of a course where no heading helps."""
    if remembered and set(remembered.values()) <= set(headings):
        return _as_remembered(headings, remembered)
    ordered = sorted(headings, key=lambda heading: (folded(heading), heading))
    looks = {heading: Look.of([row.get(heading, "") for row in sample_rows], on) for heading in headings}
    ties = [
        [_tie(layout, column, heading, looks[heading]) for heading in ordered] for column in layout.columns
    ]
    placed = assign([[tie.worth for tie in row] for row in ties])
    made: dict[str, Guess] = {}
    for at, place in enumerate(placed):
        if place is not None:
            column, heading = layout.columns[at], ordered[place]
            rival = max((tie.worth for other, tie in enumerate(ties[at]) if other not in placed), default=0.0)
            made[heading] = _guess(column, heading, ties[at][place], rival)
    held = {each.column for each in made.values()}
    free = [each for each in layout.columns if _is_wanted(each) and each.name not in held]
    return [made.get(heading) or _not_ours(layout, heading, looks[heading], free) for heading in headings]


def _is_wanted(column: Column) -> bool:
    """Whether a return would be the poorer without it. Names are everywhere: teachers and parents have them too."""
    return column.on_template and column.kind not in {Kind.NAME, Kind.WHOLE_NAME}


def _as_remembered(headings: Sequence[str], remembered: Mapping[str, str]) -> list[Guess]:
    columns = {heading: column for column, heading in remembered.items()}
    return [
        Guess(columns.get(heading, ""), heading, True, "As somebody at your place confirmed before.")
        for heading in headings
    ]


def _not_ours(layout: Layout, heading: str, look: Look, free: Sequence[Column]) -> Guess:
    if folded(heading) in _known_elsewhere(layout):
        return Guess("", heading, True, "Not asked for on this return.")
    if not _is_of_others(heading):
        for column in free:
            if speaks_for(look, column) >= SURELY:
                return Guess("", heading, False, f"{_looks(column)}. Choose what it is, or leave it unused.")
    return Guess("", heading, True, "Nothing on this return is called so.")


def _tie(layout: Layout, column: Column, heading: str, look: Look) -> _Tie:
    by_name = _by_name(column, TWICE.sub("", heading))
    if not by_name and folded(heading) in _known_elsewhere(layout):
        return _Tie(0.0, 0.0, 0.0)
    if by_name:
        contents = fits(look, column)
        if by_name < SURE_NAME and contents <= AGAINST:
            return _Tie(0.0, 0.0, 0.0)
        return _Tie(max(by_name + contents - (0.02 if TWICE.search(heading) else 0), 0.0), by_name, contents)
    contents = speaks_for(look, column)
    says_nothing = bool(NO_HEADING.fullmatch(heading.strip()))
    if contents < ALONE_ENOUGH or not (says_nothing or _may_be_hidden(column, heading, contents)):
        return _Tie(0.0, 0.0, contents)
    return _Tie(contents, 0.0, contents)


def _may_be_hidden(column: Column, heading: str, contents: float) -> bool:
    """Whether contents count although the heading says something else: only for what nothing else looks like."""
    telling = column.kind in {Kind.UPN, Kind.ULN, Kind.POSTCODE} or column.name == "date_of_birth"
    return telling and contents >= SURELY and not _is_of_others(heading)


def _by_name(column: Column, heading: str) -> float:
    said = folded(heading)
    if not said:
        return 0.0
    known = _known_as(column)
    if said in known:
        return SAYS_SO - RANK * known[said]
    words = _words(heading)
    of_parents = column.name.startswith("parent")
    if not OTHERS.isdisjoint(words):
        if not of_parents:
            return 0.0
        if not words.isdisjoint(REACHED_BY.get(column.kind, ())):
            return HOLDS_IT
    holding = [rank for rank, phrase in enumerate(_phrases(column)) if phrase <= words]
    if holding:
        return HOLDS_IT - RANK * holding[0]
    alike = max(fuzz.ratio(said, each) for each in known) if len(said) > 4 else 0
    return SAYS_NEARLY * alike / 100 if alike >= NEARLY else 0.0


def _is_of_others(heading: str) -> bool:
    return not OTHERS.isdisjoint(_words(heading))


def _words(heading: str) -> frozenset[str]:
    """The words of a heading, those of MobileTel and mobile_tel too."""
    return frozenset(WORDS.findall(HUMPS.sub(" ", heading).lower()))


@cache
def _known_as(column: Column) -> Mapping[str, int]:
    names: dict[str, int] = {}
    for rank, words in enumerate((column.words, *column.also)):
        names.setdefault(folded(words), rank)
    return names


@cache
def _phrases(column: Column) -> tuple[frozenset[str], ...]:
    """The words of each heading a column is known by, where they are telling enough to be found within another."""
    fewest = 2 if column.kind is Kind.WHOLE_NAME else 1
    phrases = [_words(words) for words in (column.words, *column.also)]
    return tuple(
        each if (sum(map(len, each)) > 3 or each <= SHORT) and len(each) >= fewest else frozenset({"\0"})
        for each in phrases
    )


@cache
def _known_elsewhere(layout: Layout) -> frozenset[str]:
    return frozenset(map(folded, layout.not_ours))


def _guess(column: Column, heading: str, tie: _Tie, rival: float) -> Guess:
    told_apart = tie.worth - rival >= CHOICE or (tie.by_name >= SURE_NAME and tie.worth > rival)
    if tie.by_name >= SURE_NAME:
        sure = tie.by_contents > AGAINST and told_apart
    elif tie.by_name:
        sure = tie.by_contents >= SURELY and told_apart
    else:
        sure = False  # a date of birth and a first day can look alike; where no heading helps a person says it once
    return Guess(column.name, heading, sure, _why(column, heading, tie, told_apart))


def _why(column: Column, heading: str, tie: _Tie, told_apart: bool) -> str:
    if not tie.by_name:
        why = f"{_looks(column)}."
    elif tie.by_contents <= AGAINST:
        why = f"The heading says so, but what stands below does not look like {looks_like(column)}."
    elif tie.by_name >= SURE_NAME:
        why = "The heading says so"
        why += (
            "." if tie.by_contents < SURELY else f", and what stands below looks like {looks_like(column)}."
        )
    else:
        why = f"The heading is close to “{column.words}”."
    return why if told_apart else f"{why} Another heading may hold it too."


def _looks(column: Column) -> str:
    return f"What stands below looks like {looks_like(column)}"


LOOKS: Mapping[Kind, str] = {
    Kind.NAME: "names",
    Kind.WHOLE_NAME: "whole names",
    Kind.PERSON_NUMBER: "our numbers",
    Kind.UPN: "UPNs",
    Kind.ULN: "ULNs",
    Kind.POSTCODE: "postcodes",
    Kind.PHONE: "telephone numbers",
    Kind.EMAIL: "e-mail addresses",
    Kind.YES_NO: "Yes and No",
    Kind.GENDER: "female and male",
    Kind.YEAR_GROUP: "year groups",
    Kind.ACTIVITY: "what learners do",
    Kind.CHOICE: "words of the list",
}
LOOKS_BY_NAME: Mapping[str, str] = {
    "given_name": "first names",
    "family_name": "last names",
    "date_of_birth": "dates of birth",
    "starts_on": "first days of courses",
    "predicted_end_on": "days still to come",
    "line_1": "houses and streets",
    "town": "towns",
    "mobile": "mobile numbers",
}


def looks_like(column: Column) -> str:
    """What values of a column are called, in the plural."""
    return (
        LOOKS_BY_NAME.get(column.name)
        or LOOKS.get(column.kind)
        or ("dates" if column.kind is Kind.DAY else "words")
    )
