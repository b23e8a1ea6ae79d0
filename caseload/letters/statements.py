"""What pages hand to the actions of letters."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wanted:
    """One letter of a series in one language, on a day; to everybody due it, or only to those named; `way` is one of
    LetterBatch.Way."""

    series: str
    on: date
    language: str = "en"
    only: frozenset[int] | None = None
    way: str = "print"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on every letter of a council."""

    return_address: str
    signed_by: str
    signed_as: str
