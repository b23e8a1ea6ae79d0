"""The council's year as data: campaigns that come back every year, and what is to be done by when, and by whom.

Rows with a council's number are that council's own; rows without one are everybody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALL_SERVICES = "all"
MONTHS = range(1, 13)
LONGEST_MONTH = 31
LEAP_DAY = (2, 29)


class ListRule(StrEnum):
    """How the list of a campaign is made; each is one question to the register."""

    RESULTS_DAY = "results day"
    LEFT_SINCE_AUTUMN = "left since autumn"
    LEFT_SINCE_NEW_YEAR = "left since the new year"
    SUMMER = "summer"


@dataclass(frozen=True, slots=True)
class CampaignKind:
    """A campaign of every year: how its list is made, when it usually runs, whose it is (a service's short name)."""

    code: str
    words: str
    authority: str
    list_rule: ListRule
    first: tuple[int, int]
    last: tuple[int, int]
    service: str
    about: str

    def usual_days(self, on: date) -> tuple[date, date]:
        """The days of the campaign that runs on a day or comes next; one over the turn of the year ends in the next."""
        for year in (on.year - 1, on.year, on.year + 1):
            first = date(year, *self.first)
            last = date(year + (self.last < self.first), *self.last)
            if last >= on:
                break
        return first, last


class Due(StrEnum):
    """How the day of an item is found."""

    DAY = "day of the month"
    WORKING_DAY = "working day of the month"
    END_OF_TERM = "end of each term"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """Something done every year. `services` are short names, `all`, or none: then it is the council's as a whole.

    `number` is the day, or the working day, of the month; below zero counts from its end. `post` names who answers.
    """

    code: str
    words: str
    authority: str
    services: tuple[str, ...]
    post: str
    due: Due
    month: int
    number: int


# -- reading the tables

Row = Mapping[str, str]


def campaign_kind(row: Row) -> CampaignKind:
    """A row of the table `campaign_kinds`. Raises ValueError with the reason."""
    return CampaignKind(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        list_rule=ListRule(row["list_rule"]),
        first=_day(row["first_month"], row["first_day"]),
        last=_day(row["last_month"], row["last_day"]),
        service=row["service"],
        about=row["about"],
    )


def plan_item(row: Row) -> PlanItem:
    """A row of the table `plan_items`. Raises ValueError with the reason."""
    due = Due(row["due"])
    month, number = int(row["month"] or 0), int(row["number"] or 0)
    if due is not Due.END_OF_TERM and (month not in MONTHS or not 0 < abs(number) <= LONGEST_MONTH):
        raise ValueError("it names no day of a month")
    services = tuple(row["services"].split())
    return PlanItem(
        row["code"], row["plain_words"], row["authority"], services, row["post"], due, month, number
    )


def _day(month: str, day: str) -> tuple[int, int]:
    found = int(month), int(day)
    if found == LEAP_DAY:
        raise ValueError("29 February is not a day of every year")
    date(2001, *found)
    return found
