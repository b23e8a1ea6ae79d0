"""Two records of one young person: which is kept, and which of two values stands where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which of two records is kept: whether anybody works with it now, whether it is still in the cohort,
    and its CCIS number."""

    has_work: bool
    in_cohort: bool
    number: str


def keeps_first(first: Standing, second: Standing) -> bool:
    """Whether the first of two records is the one to keep: who is still in the cohort before who left it, then the one
    somebody works with, then the older number (which the DfE has known longer)."""
    return _order(first) <= _order(second)


def _order(standing: Standing) -> tuple[bool, bool, str]:
    return (not standing.in_cohort, not standing.has_work, standing.number)


@dataclass(frozen=True, slots=True)
class Held:
    """One record's value of a field, and when it was last written."""

    value: str
    written_at: datetime | None


def takes_other(kept: Held, other: Held) -> bool:
    """Whether the other record's value is the better one unless somebody says otherwise: it is there and the kept one
    is not, or it was written later."""
    if not other.value or not kept.value:
        return bool(other.value)
    if other.written_at is None:
        return False
    return kept.written_at is None or other.written_at > kept.written_at


def previous_number(kept: Mapping[str, str], merged_number: str) -> str:
    """The earlier number the kept record carries from now on: its own where it has one, else the merged record's
    (DfE errors 37 and 902: 13 digits)."""
    held = kept.get("previous_id", "")
    return held or (merged_number if len(merged_number) == 13 and merged_number.isdigit() else "")
