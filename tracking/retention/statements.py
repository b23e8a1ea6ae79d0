"""What is said of a breach, as it travels from a form to the action that writes it down."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Happened:
    """What is known of a breach."""

    what: str
    happened_on: date | None
    known_at: datetime
    people: int | None
    measures: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the ICO and the young people are told, and why."""

    tells_ico: bool
    why: str
    tells_people: bool
    told_at: datetime | None = None
