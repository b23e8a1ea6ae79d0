"""When those at risk have to be in a service's care, and how good a list was that somebody worked through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracking.rules.academic_year import academic_year, ends_on, starts_on

HAND_OVER_FROM = 5  # from May on the list says by when everybody is to be handed over


def hand_over_by(on: date) -> date | None:
    """The last day of the school year by which those at risk are in a service's care (R74: by the end of term 6);
    nothing before May."""
    last = ends_on(academic_year(on))
    return last if HAND_OVER_FROM <= on.month <= last.month else None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a list of so many: how many of it became NEET or not known, of how many who did in all, among
    how many people."""

    listed: int
    found: float
    became: int
    people: int

    @property
    def precision(self) -> float | None:
        """Of those on the list, the share who became NEET or not known, in percent."""
        return 100 * self.found / self.listed if self.listed else None

    @property
    def recall(self) -> float | None:
        """Of all who became NEET or not known, the share that stood on the list, in percent."""
        return 100 * self.found / self.became if self.became else None


def by_chance(length: int, people: int, became: int) -> Result:
    """A list drawn by lot: as many as there are in everybody."""
    listed = min(length, people)
    return Result(listed, listed * became / people if people else 0, became, people)


@dataclass(frozen=True, slots=True)
class Group:
    """The pupils of one school in one month: how many there were, how many became NEET or not known, and the school's
    rate the year before in percent."""

    people: int
    became: int
    rate_before: float


def by_school(length: int, groups: Iterable[Group]) -> Result:
    """A list filled school by school, the one with last year's highest rate first; of the last school as many as
    there is room for, drawn by lot."""
    order: Sequence[Group] = sorted(groups, key=lambda each: (-each.rate_before, each.people, each.became))
    people, became = sum(each.people for each in order), sum(each.became for each in order)
    left, found = min(length, people), 0.0
    listed = left
    for each in order:
        taken = min(left, each.people)
        found += taken * each.became / each.people if each.people else 0
        left -= taken
    return Result(listed, found, became, people)


def first_winter(year: int) -> date:
    """The end of January after the summer in which a year group left Year 11: the middle of the months the yearly
    figure is made of."""
    return date(year + 1, 1, 31)


def leaving_years(on: date, count: int) -> tuple[int, ...]:
    """The years in whose summer a Year 11 left school, the last one first: 2026 from September 2026 on."""
    last = academic_year(on)
    return tuple(range(last, last - count, -1))


def year_11_ended(year: int) -> date:
    """The last day of Year 11 of those who left in the summer of a year."""
    return starts_on(year).replace(month=8, day=31)
