"""What the words of a list from elsewhere mean on the register: a characteristic, something they do, or that it ended.

A dated table (meanings.csv). Words without a column hold for every row of their list.
"""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from tracking.rules.ruleset import RuleSet

MEANINGS = Path(__file__).with_name("meanings.csv")
HERE = "here"  # whatever is full time at the place the row names


class Does(StrEnum):
    """What a row with these words does: it is so, it has ended, it is so where nothing is known, or nothing at all."""

    HOLDS = ""
    ENDS = "ends"
    FILLS = "fills"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value of a column means: its words, the code of a characteristic, and the codes of what somebody does up
    to Year 11, after it, and from 18 on. `instead_of` is the characteristic that ends when this one begins,
    `listed_only` the activities that nobody has who is not on a whole list."""

    type: str
    column: str
    value: str
    words: str
    characteristic: str
    at_school_age: str
    later: str
    adult: str
    does: Does
    instead_of: str
    listed_only: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def meanings(type: str, on: date) -> tuple[Meaning, ...]:
    """What the words of this list mean on a day, in their order."""
    return tuple(each for each in _all() if each.type == type and each.holds_on(on))


def listed(type: str, column: str) -> Callable[[RuleSet], Mapping[str, str]]:
    """What a column of this list may hold by the rules of a day, and its words."""

    def list_on(ruleset: RuleSet) -> Mapping[str, str]:
        return {each.value: each.words for each in meanings(type, ruleset.on) if each.column == column}

    return list_on


@cache
def _all() -> tuple[Meaning, ...]:
    with MEANINGS.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_meaning, csv.DictReader(lines)))


def _meaning(row: dict[str, str]) -> Meaning:
    first, last = row.pop("valid_from"), row.pop("valid_to")
    return Meaning(
        **{**row, "does": Does(row["does"]), "listed_only": tuple(row["listed_only"].split())},  # type: ignore[arg-type]  # the columns are the fields
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(last) if last else None,
    )
