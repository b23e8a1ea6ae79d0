"""The yearly NEET indicators of the toolkit (Annex 2): which months are averaged, of which ages, of whom (R99-R105).

Indicators are data (`indicators`): the age scope was 16 to 18 once and is 16 and 17 now, the window moved from November
to January on to December to February.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measured(StrEnum):
    """What an indicator is a share of. Each is a part of a whole; see MEASURES in caseload/assessment."""

    NEET = "neet"
    NOT_KNOWN = "not known"
    LEARNING_OR_WORK = "learning or work"
    JOINERS = "joiners"
    LEAVERS = "leavers"
    PROGRESSION = "progression"
    GUARANTEE = "guarantee"


GROUPED_BY = ("need", "characteristic", "ethnicity", "gender")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. `months` by their numbers, none: every month; `group` by what it is cut by, none: everybody."""

    code: str
    words: str
    order: int
    measured: Measured
    months: tuple[int, ...]
    first_age: int
    last_age: int
    group: Mapping[str, tuple[str, ...]]
    help: str


def indicator(row: Mapping[str, str]) -> Indicator:
    """A row of the table `indicators`. Raises ValueError for no such month, ages the wrong way round, or a group by
    something that months do not keep."""
    months = tuple(int(each) for each in row["months"].split())
    if any(not 1 <= month <= 12 for month in months):
        raise ValueError(f"{row['months']!r} are no months of a year")
    first, last = int(row["first_age"]), int(row["last_age"])
    if first > last:
        raise ValueError(f"no age lies between {first} and {last}")
    return Indicator(
        code=row["code"],
        words=row["plain_words"],
        order=int(row["order"]),
        measured=Measured(row["measured"]),
        months=months,
        first_age=first,
        last_age=last,
        group=_group(row["group"]),
        help=row["help"],
    )


def _group(text: str) -> Mapping[str, tuple[str, ...]]:
    """`gender:M ethnicity:WBRI`: any of the codes of one kind, and all kinds together."""
    found: dict[str, tuple[str, ...]] = {}
    for each in text.split():
        kind, _, code = each.partition(":")
        if kind not in GROUPED_BY or not code:
            raise ValueError(f"{each!r} is nothing a group is made by")
        found[kind] = (*found.get(kind, ()), code)
    return found
