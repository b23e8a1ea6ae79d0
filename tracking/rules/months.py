"""Months of reporting and figures as people name them: 2026-10, October 2026, the one before, the one after."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class ReportingMonth:
    """One calendar month by the day it ends on."""

    ends_on: date

    @classmethod
    def of(cls, day: date) -> "ReportingMonth":
        """The month that holds the day."""
        return cls(day.replace(day=calendar.monthrange(day.year, day.month)[1]))

    @classmethod
    def read(cls, text: str) -> "ReportingMonth":
        """A month written as 2026-10. Raises ValueError."""
        year, _, month = text.partition("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError(f"{text!r} is not a month; write it as 2026-10.")
        return cls.of(date(int(year), int(month), 1))

    @property
    def slug(self) -> str:
        return f"{self.ends_on:%Y-%m}"

    @property
    def words(self) -> str:
        return f"{self.ends_on:%B %Y}"

    @property
    def starts_on(self) -> date:
        return self.ends_on.replace(day=1)

    @property
    def before(self) -> "ReportingMonth":
        return ReportingMonth(self.starts_on - timedelta(days=1))

    @property
    def after(self) -> "ReportingMonth":
        return ReportingMonth.of(self.ends_on + timedelta(days=1))

    def is_over(self, today: date) -> bool:
        return self.ends_on < today


def due(today: date) -> ReportingMonth:
    """The month whose file is worked on: the last one that is over."""
    return ReportingMonth.of(today).before
