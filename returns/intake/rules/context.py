"""What the reading of a return has to know beside the file: the day, the rules in force, whose return it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from neet.files.rules.days import Order
from returns.intake.layouts.columns import Column
from returns.intake.rules.activities import codes_by_words, full_time_at
from returns.intake.rules.found import Trouble
from tracking.rules.ruleset import RuleSet

COLLEGES = frozenset({"college", "sixth_form_college", "special_college", "provider"})

AT_SCHOOL = "at_school_activity"


class Written(StrEnum):
    """How the days of one column are written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    BOTH = "both ways"
    TURNED = "turned by a spreadsheet"


@dataclass(frozen=True)
class Context:
    """The day the return speaks of, today, the rules, the kind of establishment (its code in the register).

    `orders` is what the sender answered about the order of day and month, by column name. Without an answer `written`
    counts: how each column of the file is written (days.columns_written), None where nobody has looked yet.
    `year_groups` are the council's own, where they differ from the layout's.
    """

    ruleset: RuleSet
    as_at: date
    today: date
    establishment_kind: str = "school"
    year_groups: tuple[int, ...] = ()
    orders: Mapping[str, Order] = field(default_factory=dict)
    written: Mapping[str, Written] | None = None

    @cached_property
    def codes_by_words(self) -> Mapping[str, str]:
        """Activity codes by folded words; empty is full time here."""
        return codes_by_words(self.ruleset)

    @cached_property
    def full_time_here(self) -> str:
        """The activity code of somebody full time at this kind of establishment."""
        return full_time_at(self.establishment_kind, self.ruleset)

    @property
    def at_school(self) -> str:
        """The activity code of somebody at school up to Year 11."""
        return self.ruleset.formats[AT_SCHOOL][0]

    @property
    def is_college(self) -> bool:
        """Whether ages count here, and not year groups."""
        return self.establishment_kind in COLLEGES


Read = tuple[str, tuple[Trouble, ...]]
Reader = Callable[[str, Column, Context], Read]

NOTHING: Read = ("", ())


def plain(value: str) -> Read:
    """A value with nothing wrong about it."""
    return value, ()


def wrong(kind: str, why: str, fix: str, value: str = "") -> Read:
    """A value (or none) with one thing wrong about it."""
    return value, (Trouble(kind, why, fix),)
