"""The days of a school year as the invented people live them, by number."""

from datetime import date

from tracking.rules.academic_year import academic_year

SPAN = 16


class Calendar:
    """Looks up what the dice need millions of times: the first and last days of school years, and days as text."""

    def __init__(self, on: date) -> None:
        self.on = on.toordinal()
        self.day = on
        self.year = academic_year(on)
        self.starts = {year: date(year, 9, 1).toordinal() for year in range(self.year - SPAN, self.year + 4)}
        self.ends = {
            year: date(year + 1, 8, 31).toordinal() for year in range(self.year - SPAN, self.year + 4)
        }
        self.window = date.fromordinal(self.on - 730).replace(day=1).toordinal()
        first = date(self.year - 30, 1, 1).toordinal()
        self._first = first
        self._text = [
            date.fromordinal(day).isoformat() for day in range(first, self.ends[self.year + 3] + 800)
        ]

    def text(self, day: int | None) -> str | None:
        """A day as it is written down."""
        return None if day is None else self._text[day - self._first]

    def year_of(self, day: int) -> int:
        """The school year a day lies in."""
        return academic_year(date.fromordinal(day))
