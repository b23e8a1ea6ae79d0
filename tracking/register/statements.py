"""What is said of a young person, as it travels from a form or a return to the action that records it."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import District, Establishment, Service
from tracking.register.rules.activities import Told

ADDRESS_LINES = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who is to be added."""

    given_name: str
    family_name: str
    date_of_birth: date
    middle_name: str = ""
    known_as: str = ""
    gender: str = ""
    ethnicity: str = ""
    upn: str = ""
    uln: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """When something ended, why, and what follows where that is known."""

    on: date
    reason: str
    next: Told | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """An address, the district it lies in, since when, and who said so."""

    line_1: str
    starts_on: date
    line_2: str = ""
    line_3: str = ""
    line_4: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    district: District | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A number or address, whose it is, and whether a school or college gave it."""

    kind: str
    value: str
    whose: str
    name: str = ""
    from_institution: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """How the September Guarantee stands for one year group's end."""

    year_group: int
    status: str
    status_on: date | None
    la_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """What was said of a place somebody applied for, when, and by whom; `told_by` where a school or college did."""

    place: str
    stage: str
    said_on: date
    course: str = ""
    preference: int | None = None
    starts_on: date | None = None
    conditions: str = ""
    source: str = "young_person"
    told_by: Establishment | None = None


@dataclass(frozen=True, slots=True)
class SeekingSaid:
    """What somebody seeks, what keeps them from it and what was agreed, as they said on a day."""

    said_on: date
    sector: str = ""
    level: str = ""
    district: District | None = None
    starts_from: date | None = None
    barriers: tuple[str, ...] = ()
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A cohort status, since when, and the council or country moved to."""

    status: str
    on: date
    to_la: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is to be done, by when, and by whom (nobody: whoever answers for the young person)."""

    words: str
    due_on: date | None = None
    owner: User | None = None
    service: Service | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """Who answers, in what way, since when: a service, one worker, or a worker of a service."""

    kind: str
    starts_on: date
    service: Service | None = None
    user: User | None = None
