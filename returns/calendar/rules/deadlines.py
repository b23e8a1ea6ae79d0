"""A deadline in words, and what becomes of one on a day on which nobody works.

The day asked for stands as it is. Where it is no working day, the last working day before it is advised, and nobody
counts as late before the first working day after it has passed.
"""

from dataclasses import dataclass
from datetime import date

from neet.working_days import DAY, on_or_after, on_or_before


@dataclass(frozen=True)
class Deadline:
    """The day by which one establishment's answer is asked for."""

    due_on: date
    is_extended: bool = False

    @property
    def advised_on(self) -> date:
        """The last working day on which it can be sent in time."""
        return on_or_before(self.due_on)

    @property
    def counts_until(self) -> date:
        """The last day that is not late."""
        return on_or_after(self.due_on)

    @property
    def is_working_day(self) -> bool:
        return self.advised_on == self.due_on

    def is_late(self, on: date) -> bool:
        return on > self.counts_until

    def words(self, on: date) -> str:
        """How far off it is: "due in 6 days", "due today", "3 days late"."""
        if self.is_late(on):
            late = (on - self.due_on).days
            return f"{late} day{'' if late == 1 else 's'} late"
        left = (self.due_on - on).days
        if left < 0:
            return "due today, the first working day after"
        return {0: "due today", 1: "due tomorrow"}.get(left, f"due in {left} days")


def deadline(due_on: date, extended_to: date | None) -> Deadline:
    """The deadline of one establishment: the collection's, or the later day it was given."""
    return Deadline(extended_to or due_on, is_extended=extended_to is not None)


def last_late(on: date) -> date:
    """The newest deadline that is late on this day: what is due on it or before is late, what is due after is not."""
    return on_or_before(on - DAY)


def in_words(day: date) -> str:
    """A day as letters and messages write it: Friday 11 September 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"
