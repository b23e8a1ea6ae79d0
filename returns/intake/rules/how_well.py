"""How well people are told apart: what was linked unseen, what of it turned out wrong, and what people had to decide.

Nobody looks at every link, so "turned out wrong" is what was noticed; the interval says what chance alone could do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

# How a row was found: beyond doubt, as weighed, held for new; waiting; decided by an officer.
EXACT, LINKED, NEW, WAITING, SAME, NOBODY = "exact", "linked", "new", "doubtful", "same", "nobody"
KINDS = (EXACT, LINKED, NEW, WAITING, SAME, NOBODY)
# Numbers below this are not said to who sees no records (R22).
LEAST = 5
Z_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 100 with the interval that holds the true one in 95 of 100 cases."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Told:
    """Rows by how they were found, and how many of each turned out wrong."""

    exact: int = 0
    linked: int = 0
    new: int = 0
    doubtful: int = 0
    same: int = 0
    nobody: int = 0
    exact_wrong: int = 0
    linked_wrong: int = 0
    new_wrong: int = 0

    @property
    def unseen(self) -> int:
        """Links made without anybody looking."""
        return self.exact + self.linked

    @property
    def wrong(self) -> int:
        """Those of them that turned out wrong."""
        return self.exact_wrong + self.linked_wrong

    @property
    def all(self) -> int:
        """Everybody who was looked for."""
        return self.unseen + self.new + self.doubtful + self.same + self.nobody

    @property
    def decided(self) -> int:
        """Rows an officer decided."""
        return self.same + self.nobody

    @property
    def eyes(self) -> int:
        """Rows left to somebody's eyes, decided or waiting."""
        return self.decided + self.doubtful

    @property
    def precision(self) -> Share | None:
        """The share of links made unseen that did not turn out wrong; None without any."""
        return right_of(self.unseen - self.wrong, self.unseen)

    @property
    def precision_of_weighed(self) -> Share | None:
        """The same of those that had to be weighed."""
        return right_of(self.linked - self.linked_wrong, self.linked)


def right_of(right: int, of: int) -> Share | None:
    """So many of so many in 100, with Wilson's interval of 95 in 100; None of nothing."""
    if not of:
        return None
    share, scale = right / of, 1 + Z_95**2 / of
    middle = (share + Z_95**2 / (2 * of)) / scale
    width = Z_95 / scale * sqrt(share * (1 - share) / of + Z_95**2 / (4 * of**2))
    return Share(100 * share, max(100 * (middle - width), 0.0), min(100 * (middle + width), 100.0))


def together(months: Iterable[Told]) -> Told:
    """All of them as one."""
    found = list(months)
    return Told(*(sum(getattr(each, name) for each in found) for name in Told.__slots__))


def is_few(number: int) -> bool:
    """Whether a number says something of few people."""
    return 0 < number < LEAST


def may_be_shown(told: Told) -> bool:
    """Whether who sees no records may read all of these numbers: none of them, and no sum or rest, is of few."""
    parts = [getattr(told, name) for name in Told.__slots__]
    rests = [told.exact - told.exact_wrong, told.linked - told.linked_wrong, told.new - told.new_wrong]
    return not any(map(is_few, (*parts, *rests, told.wrong, told.eyes, told.decided)))
