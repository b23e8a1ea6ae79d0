"""What pages hand to the actions of surveys, and what actions hand back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Planned:
    """A survey as somebody plans it: which, of which school year, open from and until, when schools are reminded, and
    whether it asks for the end of the UPN."""

    kind: str
    academic_year: int
    opens_on: date
    closes_on: date
    remind_on: tuple[date, ...] = ()
    asks_upn: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What one young person typed and chose: who they say they are, at which school, and by what was asked their
    answers, in which language and wording."""

    given_name: str
    family_name: str
    born_on: date
    establishment_id: int | None
    answers: Mapping[str, str] = field(default_factory=dict)
    consents: bool = False
    language: str = "en"
    wording: str = ""
