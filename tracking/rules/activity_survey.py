"""The Activity Survey: what everybody who left Year 11 (or Year 12) in summer did on 1 November (R86, R104).

Destination groups and the columns of the file are data: the DfE's own columns could not be read, so a council's data
officer sets them (`activity_survey_groups`, `activity_survey_columns`). Days are the limits `activity_survey_*`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Headline(StrEnum):
    """A share that the report to a school leads with."""

    FULL_TIME = "full_time"
    LEARNING = "learning"
    WORK_TRAINING = "work_training"
    NEET = "neet"


HEADLINES: Mapping[Headline, str] = MappingProxyType(
    {
        Headline.FULL_TIME: "In full-time education",
        Headline.LEARNING: "In education and training",
        Headline.WORK_TRAINING: "In an apprenticeship or employment with training",
        Headline.NEET: "Not in education, employment or training",
    }
)
# The same as the head of a narrow column.
HEADLINES_IN_SHORT: Mapping[Headline, str] = MappingProxyType(
    {
        Headline.FULL_TIME: "Full time",
        Headline.LEARNING: "Learning",
        Headline.WORK_TRAINING: "Work with training",
        Headline.NEET: "NEET",
    }
)


class Holds(StrEnum):
    """What a column of the file may hold."""

    NUMBER = "young_persons_id"
    UPN = "upn"
    ULN = "uln"
    GIVEN_NAME = "given_name"
    MIDDLE_NAME = "middle_name"
    FAMILY_NAME = "family_name"
    BORN_ON = "date_of_birth"
    GENDER = "gender"
    POSTCODE = "postcode"
    COUNCIL = "council_number"
    SCHOOL_NUMBER = "school_number"
    SCHOOL = "school"
    YEAR_GROUP = "year_group"
    BASIS = "why_in_the_survey"
    GROUP = "destination_group"
    GROUP_WORDS = "destination_in_words"
    CODE = "activity_code"
    STANDING = "known_or_not"
    PROVIDER_NUMBER = "provider_number"
    PROVIDER = "provider"
    VERIFIED_ON = "confirmed_on"
    SOURCE = "who_told_us"
    NOTHING = "nothing"


class DaysAs(StrEnum):
    """How a day is written."""

    ISO = "2026-11-01"
    BRITISH = "01/11/2026"


@dataclass(frozen=True, slots=True)
class SurveyGroup:
    """A destination as the survey counts it: which activities and cohort statuses fall in it, and in which headline
    shares it counts. `is_not_known`: whoever is in it is still to be found out."""

    code: str
    words: str
    order: int
    activities: tuple[str, ...] = ()
    cohort_statuses: tuple[str, ...] = ()
    headlines: frozenset[Headline] = frozenset()
    is_not_known: bool = False


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """One column of the file: its heading, what it holds, and what is written instead of a value of ours."""

    code: str
    heading: str
    order: int
    holds: Holds
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    days_as: DaysAs = DaysAs.ISO

    def written(self, value: str | date | None) -> str:
        """A value as this column writes it: its own word for it where the table has one."""
        if isinstance(value, date):
            text = value.isoformat() if self.days_as is DaysAs.ISO else f"{value:%d/%m/%Y}"
        else:
            text = value or ""
        return self.values.get(text, text)


@dataclass(frozen=True, slots=True)
class SurveyDays:
    """The days of one survey: whose Year 11 of a day it is about, the day it asks for, and until when we ask."""

    list_on: date
    on: date
    due_on: date


def survey_days(year: int, limits: Mapping[str, int]) -> SurveyDays:
    """The days of the survey of an autumn: 31 May, 1 November and 31 January, unless the rules say otherwise. Raises
    KeyError where the rules do not name them, ValueError where one is no day."""
    return SurveyDays(
        list_on=date(year, *divmod(limits["activity_survey_list"], 100)),
        on=date(year, *divmod(limits["activity_survey_on"], 100)),
        due_on=date(year + 1, *divmod(limits["activity_survey_due"], 100)),
    )


def survey_year(today: date, limits: Mapping[str, int]) -> int:
    """The autumn whose survey is spoken of on a day: from 31 May on this year's, before it the one that ends."""
    return today.year if today > survey_days(today.year, limits).list_on else today.year - 1


@dataclass(frozen=True, slots=True)
class Destinations:
    """The groups of a day, looked up by activity, by cohort status, and for whoever nothing is known of."""

    groups: Mapping[str, SurveyGroup]

    @property
    def by_activity(self) -> Mapping[str, str]:
        """The group of each activity. An activity that two groups name is the first one's."""
        return _looked_up((each, each.activities) for each in self.in_order)

    @property
    def by_letter(self) -> Mapping[str, str]:
        """The group of each cohort status, for those of whom nothing is known."""
        return _looked_up((each, each.cohort_statuses) for each in self.in_order)

    @property
    def when_not_known(self) -> str:
        """The group of whoever nothing is known of; empty where the table has none."""
        return next((each.code for each in self.in_order if each.is_not_known), "")

    @property
    def in_order(self) -> tuple[SurveyGroup, ...]:
        """The groups as a list shows them."""
        return tuple(sorted(self.groups.values(), key=lambda each: (each.order, each.code)))


def _looked_up(named: Iterable[tuple[SurveyGroup, tuple[str, ...]]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for group, values in named:
        for value in values:
            found.setdefault(value, group.code)
    return MappingProxyType(found)


def survey_group(row: Mapping[str, str]) -> SurveyGroup:
    """A row of `activity_survey_groups`. Raises ValueError for an order that is no number or an unknown headline."""
    return SurveyGroup(
        code=row["code"],
        words=row["plain_words"],
        order=int(row["order"]),
        activities=tuple(row["activities"].split()),
        cohort_statuses=tuple(row["cohort_statuses"].split()),
        headlines=frozenset(Headline(each) for each in row["headlines"].split()),
        is_not_known=row["is_not_known"] == "Y",
    )


def survey_column(row: Mapping[str, str]) -> SurveyColumn:
    """A row of `activity_survey_columns`. Raises ValueError for what it cannot hold, or a line of values without =."""
    return SurveyColumn(
        code=row["code"],
        heading=row["heading"],
        order=int(row["order"]),
        holds=Holds(row["holds"]),
        values=_values(row["values"]),
        days_as=DaysAs(row["days_as"]) if row["days_as"] else DaysAs.ISO,
    )


def _values(text: str) -> Mapping[str, str]:
    """Lines such as "Y = 1": what stands here, and what the file says instead."""
    found: dict[str, str] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        ours, sign, theirs = line.partition("=")
        if not sign:
            raise ValueError(f"{line!r} has no equals sign")
        found[ours.strip()] = theirs.strip()
    return MappingProxyType(found)
