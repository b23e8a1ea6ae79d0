"""The rows of the survey's file: what each column writes, and what is looked for before the file is made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracking.rules.activity_survey import Destinations, Holds, SurveyColumn


class Row(NamedTuple):
    """One young person of the file, in the order of the statement that reads them."""

    member_id: int
    person_id: int
    number: str
    upn: str
    uln: str
    given_name: str
    middle_name: str
    family_name: str
    born_on: date | None
    gender: str
    postcode: str
    school_number: str
    school: str
    year_group: int
    basis: str
    group: str
    code: str
    standing: str
    provider_number: str
    provider: str
    verified_on: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The file's columns in their order, and what they need beside a row."""

    columns: tuple[SurveyColumn, ...]
    destinations: Destinations
    council: str

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(each.heading for each in self.columns)

    def cells(self, row: Row) -> tuple[str, ...]:
        """A young person as the file writes them."""
        return tuple(each.written(VALUES[each.holds](row, self)) for each in self.columns)


def layout_of(columns: Mapping[str, SurveyColumn], destinations: Destinations, council: str) -> Layout:
    """The layout of a day."""
    in_order = sorted(columns.values(), key=lambda each: (each.order, each.code))
    return Layout(tuple(in_order), destinations, council)


def _known(value: Callable[[Row], str | date | None]) -> Callable[[Row, Layout], str | date | None]:
    """What is said of an activity on the day, only where it is known: an unconfirmed one is not told on."""
    return lambda row, layout: value(row) if row.standing == KNOWN else ""


def _group_words(row: Row, layout: Layout) -> str:
    group = layout.destinations.groups.get(row.group)
    return group.words if group else ""


KNOWN = "known"
VALUES: Mapping[Holds, Callable[[Row, Layout], str | date | None]] = MappingProxyType(
    {
        Holds.NUMBER: lambda row, layout: row.number,
        Holds.UPN: lambda row, layout: row.upn,
        Holds.ULN: lambda row, layout: row.uln,
        Holds.GIVEN_NAME: lambda row, layout: row.given_name,
        Holds.MIDDLE_NAME: lambda row, layout: row.middle_name,
        Holds.FAMILY_NAME: lambda row, layout: row.family_name,
        Holds.BORN_ON: lambda row, layout: row.born_on,
        Holds.GENDER: lambda row, layout: row.gender,
        Holds.POSTCODE: lambda row, layout: row.postcode,
        Holds.COUNCIL: lambda row, layout: layout.council,
        Holds.SCHOOL_NUMBER: lambda row, layout: row.school_number,
        Holds.SCHOOL: lambda row, layout: row.school,
        Holds.YEAR_GROUP: lambda row, layout: str(row.year_group),
        Holds.BASIS: lambda row, layout: row.basis,
        Holds.GROUP: lambda row, layout: row.group,
        Holds.GROUP_WORDS: _group_words,
        Holds.CODE: _known(lambda row: row.code),
        Holds.STANDING: lambda row, layout: row.standing,
        Holds.PROVIDER_NUMBER: _known(lambda row: row.provider_number),
        Holds.PROVIDER: _known(lambda row: row.provider),
        Holds.VERIFIED_ON: _known(lambda row: row.verified_on),
        Holds.SOURCE: _known(lambda row: row.source),
        Holds.NOTHING: lambda row, layout: "",
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for: its words, how it is mended, and whether no file is made before it is."""

    code: str
    words: str
    mend: str
    stops: bool = False


NO_GROUP = Check(
    "no_group",
    "What they do has no destination",
    "Name the activity in the table “Destinations of the Activity Survey”, or mend it on the record.",
    stops=True,
)
NO_BIRTH_DATE = Check("no_birth_date", "The date of birth is missing", "Record it.", stops=True)
TWICE = Check(
    "twice",
    "Perhaps the same person twice: the same name and date of birth",
    "Put the two records together if they are one person.",
)
NO_SCHOOL = Check(
    "no_school",
    "The school they left, or its DfE number, is not recorded",
    "Record the school of Year 11.",
)
CHECKS: Mapping[str, Check] = MappingProxyType(
    {each.code: each for each in (NO_BIRTH_DATE, NO_GROUP, TWICE, NO_SCHOOL)}
)


def found_wrong(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Whom each check finds, by its code; a check that finds nobody is left out."""
    times = Counter(map(_identity, rows))
    finds: Mapping[str, Callable[[Row], bool]] = {
        NO_BIRTH_DATE.code: lambda row: row.born_on is None,
        NO_GROUP.code: lambda row: not row.group,
        TWICE.code: lambda row: times[_identity(row)] > 1,
        NO_SCHOOL.code: lambda row: row.basis == TAUGHT_AT_SCHOOL and not row.school_number,
    }
    found = {code: list(filter(finds[code], rows)) for code in CHECKS}
    return {code: wrong for code, wrong in found.items() if wrong}


TAUGHT_AT_SCHOOL = "school"


def _identity(row: Row) -> tuple[str, str, date | None]:
    return row.given_name.casefold().strip(), row.family_name.casefold().strip(), row.born_on


def stops(codes: Iterable[str]) -> Iterator[Check]:
    """Those of the checks that have to be put right before a file is made."""
    return (CHECKS[code] for code in codes if CHECKS[code].stops)
