"""The steps somebody with an EHC plan takes towards the next place, and by which day of the academic year each is due.

Steps are data (`plan_steps`). A council adds its own, moves a day or ends a step on screen.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracking.rules.academic_year import FIRST_MONTH

YES = {"Y": True, "N": False}


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step: for which year groups, due by which month and day, and whether it ends with a named place."""

    code: str
    words: str
    order: int
    year_groups: frozenset[int]
    month: int
    day: int
    needs_place: bool

    def due_on(self, year: int) -> date:
        """The day it is due in the academic year that begins in this one."""
        return day_in(year, self.month, self.day)


def day_in(year: int, month: int, day: int) -> date:
    """A day of the academic year that begins in `year`: 31 March of 2026 is in 2027. A day the month lacks is its
    last."""
    falls_in = year if month >= FIRST_MONTH else year + 1
    return date(falls_in, month, min(day, calendar.monthrange(falls_in, month)[1]))


def plan_step(row: Mapping[str, str]) -> StepRule:
    """One row of the table. Raises ValueError."""
    month, day = int(row["due_month"]), int(row["due_day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise ValueError(f"{day}.{month}. is no day of a year")
    return StepRule(
        code=row["code"],
        words=row["plain_words"],
        order=int(row["order"]),
        year_groups=frozenset(int(each) for each in row["year_groups"].split()),
        month=month,
        day=day,
        needs_place=YES[row["needs_place"]],
    )
