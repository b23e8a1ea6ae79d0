"""The national register of schools and colleges: the columns we read, and what its types mean to us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

NEEDED = (
    "URN",
    "LA (code)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (name)",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryHighAge",
    "Town",
    "Postcode",
    "UKPRN",
)
TOO_YOUNG = frozenset({"Nursery", "Primary", "Middle deemed primary"})
AGE_ABOVE_YEAR_GROUP = 5
LAST_YEAR_GROUP = 14

# The first of these words found in the type, then in the group of types, decides.
KINDS = (
    ("special post 16", "special_college"),
    ("sixth form centre", "sixth_form_college"),
    ("16-19", "sixth_form_college"),
    ("16 to 19", "sixth_form_college"),
    ("further education", "college"),
    ("special", "special"),
    ("pupil referral", "alternative"),
    ("alternative provision", "alternative"),
    ("training", "provider"),
    ("higher education", "other"),
    ("college", "college"),
    ("school", "school"),
    ("academ", "school"),
)


class BadLine(ValueError):
    """A line of the register that cannot be used."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One establishment as the national register lists it."""

    urn: str
    number: str
    la_code: str
    name: str
    kind: str
    town: str
    postcode: str
    ukprn: str
    highest_year_group: int
    closed_on: date | None


def is_for_us(line: Mapping[str, str]) -> bool:
    """Whether young people of Year 9 and above could be there."""
    return line["PhaseOfEducation (name)"] not in TOO_YOUNG


def listed(line: Mapping[str, str]) -> Listed:
    """One line of the register, understood. Raises BadLine."""
    urn, la_code = line["URN"].strip(), line["LA (code)"].strip().zfill(3)
    if not (urn.isdigit() and len(urn) <= 6):
        raise BadLine(f"the URN {urn!r} is not a number of six digits")
    own_number = line["EstablishmentNumber"].strip()
    return Listed(
        urn=urn,
        number=la_code + own_number.zfill(4) if own_number else "",
        la_code=la_code,
        name=line["EstablishmentName"].strip(),
        kind=kind_of(line["TypeOfEstablishment (name)"], line["EstablishmentTypeGroup (name)"]),
        town=line["Town"].strip(),
        postcode=line["Postcode"].strip(),
        ukprn=line["UKPRN"].strip(),
        highest_year_group=_year_group(line["StatutoryHighAge"].strip()),
        closed_on=_closed_on(line["EstablishmentStatus (name)"], line["CloseDate"].strip()),
    )


def kind_of(type_name: str, group: str) -> str:
    """Which of our kinds a type of establishment is."""
    for said in (type_name.lower(), group.lower()):
        for word, kind in KINDS:
            if word in said:
                return kind
    return "other"


def once_a_number(found: Iterable[Listed]) -> list[Listed]:
    """A school that became an academy keeps its DfE number: of several, the open or youngest holds it."""
    rows = list(found)
    holders = {row.number: row for row in sorted(rows, key=_precedence)}
    return [row if holders[row.number] is row else replace(row, number="") for row in rows]


def _precedence(row: Listed) -> tuple[bool, int]:
    return row.closed_on is None, int(row.urn)


def _year_group(highest_age: str) -> int:
    if not highest_age.isdigit():
        return LAST_YEAR_GROUP - 1
    return max(9, min(int(highest_age) - AGE_ABOVE_YEAR_GROUP, LAST_YEAR_GROUP))


def _closed_on(status: str, day: str) -> date | None:
    if not status.startswith("Closed"):
        return None
    try:
        return _day(day) if day else date(1900, 1, 1)
    except ValueError:
        raise BadLine(f"the closing date {day!r} is not a day") from None


def _day(written: str) -> date:
    day, month, year = written.split("-")
    return date(int(year), int(month), int(day))
