"""What is said about next steps, as pages hand it to actions."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import Establishment, Service


@dataclass(frozen=True, slots=True)
class PlanTold:
    """A plan for the next step as the form holds it; a place is one we know, or words."""

    next_step: str
    code: str = ""
    establishment: Establishment | None = None
    place: str = ""
    support: str = ""
    second_choice: str = ""
    service: Service | None = None
    worker: User | None = None
    agreed_on: date | None = None
    finalised_on: date | None = None


@dataclass(frozen=True, slots=True)
class CohortSaid:
    """What a service says of one young person on its list."""

    person_id: int
    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class StepTold:
    """How one step of somebody's EHC plan stands: done on a day, due on another than usual, with which place."""

    done_on: date | None = None
    due_on: date | None = None
    establishment: Establishment | None = None
    words: str = ""
