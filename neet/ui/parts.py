"""Small things a page shows, built by views and queries and only displayed by templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class Link:
    """One entry of a navigation, a sub-navigation or a set of tabs; `count` is shown beside the words, `below` in a
    second line while one stands in it."""

    words: str
    url: str
    current: bool = False
    count: int | None = None
    below: "Sequence[Link]" = ()


@dataclass(frozen=True)
class Chosen:
    """A filter in force: what it is about, what was chosen, the address that takes it away."""

    about: str
    words: str
    url: str


class Pace(StrEnum):
    """How far long work has come."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in {Pace.FINISHED, Pace.FAILED, Pace.CANCELLED}


@dataclass(frozen=True)
class Progress:
    """Long work as a page shows it; `url` answers with this same part, `total` 0 means not counted yet."""

    title: str
    pace: Pace
    url: str
    done: int = 0
    total: int = 0
    unit: str = "rows"
    words: str = ""
    cancel_url: str = ""
    next_url: str = ""
    next_words: str = "See the result"
    started_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """One line of a check-answers page."""

    key: str
    value: str
    change_url: str = ""


@dataclass(frozen=True)
class Section:
    """A titled group of answers."""

    title: str
    answers: Sequence[Answer]


@dataclass(frozen=True)
class Tile:
    """A number of the first page or of a board, and the list behind it."""

    number: int
    words: str
    url: str
    tone: str = ""
