"""What is put out for establishments, as it travels from a page or a job to an action."""

from dataclasses import dataclass
from datetime import date

from neet.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Told:
    """What is put out: of which kind, its title, what it is for, and until when it lies there."""

    kind: str
    title: str
    about: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class ForOne:
    """The file that lies there for one establishment, and whom it names."""

    establishment_id: int
    file: StoredFile
    people: tuple[int, ...] = ()
