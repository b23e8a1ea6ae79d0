"""What a file is called: 8865432SchoolPost16Enrolment2026-27, EKCCollegeJoinersNov. A wrong name only asks.

What the file is, its contents decide; the name is compared with what was expected, and each difference has its own
question. The first line of our own template says the same, in its own way.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from returns.intake.layouts.columns import Layout
from returns.intake.rules.found import Found, Trouble, found
from tracking.rules.academic_year import year_words

MONTHLY = frozenset({"joiners_leavers"})
SCHOOL = re.compile(r"(?<!\d)(\d{3})[ _-]?(\d{4})(?!\d)")
YEAR = re.compile(r"(?<!\d)(20\d\d)[-_ /.](?:20)?(\d\d)(?!\d)")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHORT_CODE = re.compile(r"^([A-Za-z][A-Za-z0-9]{1,9}?)[ _-]?(?=College|Coll)", re.I)
BREAKS = re.compile(r"[^A-Za-z]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
MONTHS_OF_YEAR = {"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
                  "september": 9, "october": 10, "november": 11, "december": 12, "sept": 9}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedFor:
    """What a file's name says; whatever it does not say is empty, 0 for a year or month."""

    la: str = ""
    number: str = ""
    short_code: str = ""
    type: str = ""
    academic_year: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class TitledFor:
    """What the first line of our template says: whose return of which academic year."""

    type: str
    academic_year: int
    establishment: str


@dataclass(frozen=True, slots=True)
class Expects:
    """Whose return it should be: the council's number, the establishment's own (seven digits, or none) and its short
    code, the return, the academic year it begins in, the month of a monthly return (else 0), and the council's own way
    of naming its files, where it has one ({la} {number} {short} {year} {month})."""

    la: str
    number: str
    short_code: str
    name: str
    layout: Layout
    academic_year: int
    month: int = 0
    pattern: str = ""


def month_of(layout: Layout, as_at: date) -> int:
    """The month its files are named for; 0 for a return that is not asked for every month."""
    return as_at.month if layout.type in MONTHLY else 0


def read_name(file_name: str, layouts: Collection[Layout] = ()) -> NamedFor:
    """What a name says, in whatever order and with whatever between; `layouts` are the returns it may be named for."""
    stem = PurePath(file_name.replace("\\", "/")).name.rpartition(".")[0] or file_name
    year = YEAR.search(stem)
    begins = int(year[1]) if year and (int(year[1]) + 1) % 100 == int(year[2]) else 0
    without_year = stem.replace(year[0], " ") if year else stem
    school = SCHOOL.search(without_year)
    short = SHORT_CODE.match(without_year)
    words = [word.lower() for word in BREAKS.split(without_year) if word]
    return NamedFor(
        la=school[1] if school else "",
        number=school[1] + school[2] if school else "",
        short_code=short[1].upper() if short else "",
        type=_type(words, layouts),
        academic_year=begins,
        month=next((at for word in words if (at := _month(word))), 0),
    )


def title_of(type_title: str, academic_year: int, establishment: str) -> str:
    """The first line of our template."""
    return f"{type_title} {year_words(academic_year)}: {establishment}"


def read_title(line: str, layouts: Collection[Layout]) -> TitledFor | None:
    """What `title_of` wrote; None of any other line."""
    about, _, establishment = line.partition(": ")
    year = YEAR.search(about)
    if not year or not establishment or about[year.start() :] != year_words(int(year[1])):
        return None
    title = about[: year.start()].strip()
    of = next((layout.type for layout in layouts if layout.title == title), "")
    return TitledFor(of, int(year[1]), establishment.strip()) if of else None


def ask_about_title(titled: TitledFor, expected: Expects, type_title: str) -> list[Found]:
    """A question for each thing our own first line says that was not expected: the file of another school, of another
    year, or for another return."""
    troubles = []
    if titled.establishment.casefold() != expected.name.casefold():
        why = f"Its first line says {titled.establishment}; you are sending for {expected.name}."
        troubles.append(Trouble("file_other_school", why, f"Is this the return of {expected.name}?"))
    if titled.academic_year != expected.academic_year:
        why = f"Its first line says {year_words(titled.academic_year)}."
        fix = f"Is this the return for {year_words(expected.academic_year)}?"
        troubles.append(Trouble("file_year", why, fix))
    if titled.type != expected.layout.type:
        why = f"Its first line says “{type_title}”."
        troubles.append(Trouble("file_type", why, f"Is this the return “{expected.layout.title}”?"))
    return [found(0, "", "", trouble) for trouble in troubles]


def ask_about_name(named: NamedFor, expected: Expects, known: Mapping[str, str]) -> list[Found]:
    """A question for each thing a name says that was not expected (R7 to R9). `known` is the name of every
    establishment by its seven-digit number, as far as anybody needs it: those the file may name."""
    troubles = [
        _whose(named, expected, known),
        _short_code(named, expected),
        _which_year(named, expected),
        _which_month(named, expected),
        _which_return(named, expected),
    ]
    return [found(0, "", "", trouble) for trouble in troubles if trouble]


def proposed_name(expected: Expects, is_college: bool) -> str:
    """What the file should be called, without its ending."""
    month = MONTHS[expected.month - 1].title() if expected.month else ""
    facts = {
        "la": expected.la,
        "number": expected.number[3:],
        "short": re.sub(r"[^A-Za-z0-9]", "", expected.short_code or expected.name.title()),
        "year": year_words(expected.academic_year),
        "month": month,
    }
    if expected.pattern:
        return expected.pattern.format_map(facts)
    return expected.layout.file_names[is_college].format_map(facts) + month


def _type(words: Collection[str], layouts: Collection[Layout]) -> str:
    return next((layout.type for layout in layouts if not set(layout.name_words).isdisjoint(words)), "")


def _month(word: str) -> int:
    if word in MONTHS:
        return MONTHS.index(word) + 1
    return MONTHS_OF_YEAR.get(word, 0)


def _whose(named: NamedFor, expected: Expects, known: Mapping[str, str]) -> Trouble | None:
    if not named.number or named.number == expected.number:
        return None
    if named.la != expected.la:
        why = f"The name begins with {named.la}; our council's number is {expected.la}."
        return Trouble("file_authority", why, f"Is this the return of {expected.name}?")
    if named.number not in known:
        why = f"The name has the number {named.number}, which no school of ours has."
        return Trouble("file_unknown_school", why, f"Is this the return of {expected.name}?")
    if not expected.number:
        return None
    why = f"The name has the number of {known[named.number]}; you are sending for {expected.name}."
    return Trouble("file_other_school", why, f"Is this the return of {expected.name}?")


def _short_code(named: NamedFor, expected: Expects) -> Trouble | None:
    if not named.short_code or not expected.short_code or named.number:
        return None
    if named.short_code == expected.short_code.upper():
        return None
    why = f"The name begins with {named.short_code}; yours is {expected.short_code}."
    return Trouble("file_other_school", why, f"Is this the return of {expected.name}?")


def _which_year(named: NamedFor, expected: Expects) -> Trouble | None:
    if not named.academic_year or named.academic_year == expected.academic_year:
        return None
    why = f"The file is named for {year_words(named.academic_year)}."
    return Trouble("file_year", why, f"Is this the return for {year_words(expected.academic_year)}?")


def _which_month(named: NamedFor, expected: Expects) -> Trouble | None:
    if not named.month or not expected.month or named.month == expected.month:
        return None
    why = f"The file is named for {MONTHS[named.month - 1].title()}."
    return Trouble("file_month", why, f"Is this the return for {MONTHS[expected.month - 1].title()}?")


def _which_return(named: NamedFor, expected: Expects) -> Trouble | None:
    if not named.type or named.type == expected.layout.type:
        return None
    why = f"The file is named as the return “{named.type}”."
    return Trouble("file_type", why, f"Is this the return “{expected.layout.title}”?")
