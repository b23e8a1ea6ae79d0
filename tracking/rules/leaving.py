"""Why somebody left a course: the reasons a school or college may choose from (R84)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeavingReason:
    """One reason: its words, and where it stands on a list."""

    code: str
    words: str
    order: int


def leaving_reason(row: Mapping[str, str]) -> LeavingReason:
    """A row of the table `leaving_reasons`. Raises ValueError where the order is no number."""
    return LeavingReason(row["code"], row["plain_words"], int(row["order"]))
