"""What came of taking a file in, whatever its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Problem:
    """Something that could not be taken as it stood; `whole_row` when the row stayed outside altogether."""

    row: int
    number: str
    field: str
    value: str
    why: str
    whole_row: bool = False


@dataclass(frozen=True)
class Outcome:
    """How many of what came in, and what did not."""

    counts: Mapping[str, int]
    problems: tuple[Problem, ...] = field(default=())
    period_end: date | None = None


class CannotTake(Exception):
    """The file as a whole cannot be taken; the words say why and what to do."""
