"""How much is invented: one council for looking at, a large county and the whole country for measuring."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Size:
    """`first_year_group` is the school year from which each pupil's years at school are on the register;
    `frozen_months` how many months back the figures go, `as_known_then` whether each was frozen in its own time: to
    copy a large register as it was known takes seconds a month, so there all are frozen on the day of the invention.
    `first` is the size of the first council where it has one of its own; the others share the rest evenly."""

    name: str
    authorities: int
    people: int
    districts: int
    schools: int
    colleges: int
    providers: int
    first_year_group: int
    keeps_every_version: bool = True
    frozen_months: int = 0
    as_known_then: bool = False
    first: "Size | None" = None

    def of_council(self, index: int) -> "Size":
        """How large the council at this place of the list is, as if it were alone."""
        if self.first is None:
            return replace(self, people=_share(self.people, self.authorities, index), authorities=1)
        if index == 0:
            return self.first
        rest = _share(self.people - self.first.people, self.authorities - 1, index - 1)
        return replace(self, people=rest, authorities=1, first=None)


def _share(people: int, councils: int, index: int) -> int:
    return people // councils + (index < people % councils)


COUNTY = Size("county", 1, 55_000, 12, 110, 5, 40, 6, frozen_months=24)
ENGLAND = Size(
    "england", 150, 2_000_000, 4, 30, 3, 8, 6, keeps_every_version=False, frozen_months=1, first=COUNTY
)

SIZES: Mapping[str, Size] = MappingProxyType(
    {
        size.name: size
        for size in (
            Size("tiny", 1, 150, 3, 4, 1, 2, 9, frozen_months=2, as_known_then=True),
            Size("small", 1, 3_000, 6, 12, 2, 5, 9, frozen_months=24, as_known_then=True),
            COUNTY,
            ENGLAND,
        )
    }
)
