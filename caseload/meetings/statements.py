"""What is said about a meeting, as it travels from a form to the action that records it."""

from dataclasses import dataclass
from datetime import date, time

from neet.accounts.models import User
from schools.models import District, Service


@dataclass(frozen=True, slots=True)
class TypeTold:
    """A kind of meeting: for whom, how often, how long."""

    words: str
    scope: str
    about: str
    service: Service | None = None
    every_months: int = 1
    months: str = ""
    working_day: int = -5
    minutes: int = 120
    name_by_working_days: int = 5
    has_outsiders: bool = False


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """When and where a meeting is held, and who leads it."""

    held_on: date
    district: District | None = None
    starts_at: time | None = None
    place: str = ""
    chair: User | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without an account: who they are and for whom they come."""

    organisation: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be done, by whom (one colleague, or a service), until when."""

    words: str
    owner: User | None = None
    service: Service | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class GapTold:
    """Provision that is missing: what, where, from when, for how many."""

    sector: str
    area: str = ""
    level: str = ""
    district: District | None = None
    wanted_from: date | None = None
    need: str = ""
    waiting: int = 1
