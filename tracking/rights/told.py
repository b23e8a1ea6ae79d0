"""Which tables the copy of a record tells, in which words, and which are withheld and why (told.csv)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("told.csv")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the table: the title with fields in braces; where the day, whoever it came from and further words
    are read; whether it may name somebody else (always, or where a field has one of some values); which field names the
    service a restricted row belongs to."""

    model: str
    title: str = ""
    at: tuple[str, ...] = ()
    came_from: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    others: str = ""
    service: str = ""
    withheld: str = ""


@cache
def told() -> Mapping[str, Told]:
    """Every table of the copy by its model's label."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = [_told(row) for row in csv.DictReader(lines)]
    return MappingProxyType({each.model: each for each in found})


def _told(row: Mapping[str, str]) -> Told:
    more = (each.partition("=") for each in row["more"].split(";") if each)
    return Told(
        model=row["model"],
        title=row["title"],
        at=tuple(row["at"].split()),
        came_from=tuple(row["from"].split()),
        more=tuple((path, words) for path, _, words in more),
        others=row["others"],
        service=row["service"],
        withheld=row["withheld"],
    )
