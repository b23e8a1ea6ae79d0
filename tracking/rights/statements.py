"""What is said about a request, as a page hands it to an action."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked, by whom, on which day and in which words; `limits` keeps the record unused meanwhile."""

    kind: str
    asked_by: str
    asked_on: date
    words: str = ""
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request, and what stands beside the record from now on where we did not follow."""

    state: str
    outcome: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What becomes of one part of a copy: it goes out, other words go out for it, or it is held back and why."""

    held: str = ""
    replaced: str = ""
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Something of a record that left the council: who was given what, and when."""

    name: str
    what: str
    on: date
