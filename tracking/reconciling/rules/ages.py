"""How many people of an academic age there should be, from estimates of the middle of a year by age in whole years.

An estimate counts people on 30 June. Of those of academic age 16 in the year that begins in September, two months
of births (July and August) were still 15 on 30 June, ten months were 16 already. Births are taken as even over the
year, and nobody as moving: an older estimate is carried on by counting people who were as much younger then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MONTHS, STILL_YOUNGER = 12, 2
MINUS = "\u2212"
Estimates = Mapping[tuple[int, int], int]  # people by mid-year and age


def expected_people(age: int, year: int, mid_year: int, estimates: Estimates) -> int | None:
    """People of an academic age in the academic year that begins in `year`, from the estimate of `mid_year`, to the
    nearest whole; None where the two ages it needs were not estimated (R57).

    >>> expected_people(16, 2026, 2026, {(2026, 15): 1200, (2026, 16): 1320})
    1300
    """
    aged = age - (year - mid_year)
    older, younger = estimates.get((mid_year, aged)), estimates.get((mid_year, aged - 1))
    if older is None or younger is None:
        return None
    twelfths = older * (MONTHS - STILL_YOUNGER) + younger * STILL_YOUNGER
    return (2 * twelfths + MONTHS) // (2 * MONTHS)


def mid_year_for(year: int, estimated: Iterable[int]) -> int | None:
    """Which estimate serves an academic year: the last one made up to the summer before it, else the first after."""
    years = sorted(set(estimated))
    before = [each for each in years if each <= year]
    return before[-1] if before else next(iter(years), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """How many the register holds beside how many there should be; `limit` is in tenths of a per cent."""

    words: str
    held: int
    expected: int | None
    limit: int

    @property
    def difference(self) -> int | None:
        return None if self.expected is None else self.held - self.expected

    @property
    def percent(self) -> float | None:
        """The difference in per cent of what there should be."""
        if not self.expected:
            return None
        return 100 * (self.held - self.expected) / self.expected

    @property
    def signed(self) -> str:
        """The difference with its sign, as a page shows it."""
        return "" if self.difference is None else f"{self.difference:+,}".replace("-", MINUS)

    @property
    def signed_percent(self) -> str:
        """The difference in per cent with its sign, to one place."""
        return "" if self.percent is None else f"{self.percent:+.1f}%".replace("-", MINUS)

    @property
    def is_beyond(self) -> bool:
        """Whether the register is further from the estimate than the dated limit allows, more or fewer."""
        if self.expected is None:
            return False
        return abs(self.held - self.expected) * 1000 > self.limit * self.expected
