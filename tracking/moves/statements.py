"""What is said of a move, as it travels from a form to the action."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Moving:
    """To which council, since when, how it is known, and what else is said."""

    la: str
    on: date
    evidence: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as another council knows them: their number there and their date of birth."""

    number: str
    born_on: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """About whom other councils are asked, and why."""

    given_name: str
    family_name: str
    born_on: date
    why: str
    upn: str = ""
    uln: str = ""
    postcode: str = ""
