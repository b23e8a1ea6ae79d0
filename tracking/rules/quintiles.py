"""Where an authority stands among all: quintile and rank as the DfE's scorecard makes them, and how far the next is.

Authorities are put in the order of their unrounded values and cut into five groups as equal as can be; where they do
not come out even, the groups of the lowest values take one more (scorecard technical notes; checked against the files
of 2022, 2023 and 2025). Group 1 is the best in the newer files; in those of 2021 to 2023 participation and the
September Guarantee were numbered by value, so that 1 was the lowest and worst.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

GROUPS = 5
# Too small to be ranked: City of London, Isles of Scilly.
NOT_RANKED = frozenset({"201", "420"})
NUMBERED_BY_VALUE = range(2021, 2024)


def groups_of(values: Mapping[str, float]) -> dict[str, int]:
    """For each authority (by code) its group from 1, the lowest values, to 5, the highest. Equal values are told apart
    by code, as an order has to have an end; those not ranked are left out."""
    ordered = sorted((value, code) for code, value in values.items() if code not in NOT_RANKED)
    size, over = divmod(len(ordered), GROUPS)
    found: dict[str, int] = {}
    at = 0
    for group in range(1, GROUPS + 1):
        until = at + size + (group <= over)
        found |= dict.fromkeys((code for _, code in ordered[at:until]), group)
        at = until
    return found


def quintile(group: int, *, higher_is_better: bool, year: int) -> int:
    """The number the DfE's file of a year gives the group of values 1 to 5: 1 is the best, but in the files that number
    by value, where 1 is the lowest."""
    if higher_is_better and year not in NUMBERED_BY_VALUE:
        return GROUPS + 1 - group
    return group


def best_first(group: int, *, higher_is_better: bool) -> int:
    """The group as 1 for the best and 5 for the worst, whatever the file of its year says."""
    return GROUPS + 1 - group if higher_is_better else group


def published_best_first(number: int, *, higher_is_better: bool, year: int) -> int:
    """A quintile as a year's file numbers it, as 1 for the best and 5 for the worst."""
    return GROUPS + 1 - number if higher_is_better and year in NUMBERED_BY_VALUE else number


def rank(code: str, values: Mapping[str, float], *, higher_is_better: bool) -> int | None:
    """The place among all that are ranked, 1 being the best; equal values share one. None where it has no value."""
    if code not in values or code in NOT_RANKED:
        return None
    own = values[code]
    others = [value for each, value in values.items() if each not in NOT_RANKED]
    return 1 + sum(value > own if higher_is_better else value < own for value in others)


def ambiguous(values: Mapping[str, float], groups: Mapping[str, int]) -> frozenset[str]:
    """Authorities whose group rounding leaves open: somebody of another group has the same published value."""
    of_value: dict[float, set[int]] = {}
    for code, group in groups.items():
        of_value.setdefault(values[code], set()).add(group)
    return frozenset(code for code in groups if len(of_value[values[code]]) > 1)


@dataclass(frozen=True, slots=True)
class Distance:
    """The next better quintile, the value that is as good as its last, and how many young people lie between."""

    quintile: int
    value: float
    young_people: int


def to_next(
    own: float, whole: float, better: Sequence[float], *, group: int, higher_is_better: bool
) -> Distance | None:
    """How many of `whole` young people would have to count otherwise for `own` percent to be as good as the last of the
    next better group, whose values are `better`. None in the best group or where there is none."""
    if group == 1 or not better:
        return None
    edge = min(better) if higher_is_better else max(better)
    needed = (edge - own if higher_is_better else own - edge) * whole / 100
    return Distance(group - 1, edge, max(1, ceil(needed - 1e-9)))
