"""What a review says, as a page hands it to the action."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import District, Service


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """The outcome, its line for every service, the next step with its day, and a note that stays in one's service.
    `recorded_for` is the colleague who did the work, where business support writes it down."""

    outcome: str
    words: str = ""
    next_step: str = ""
    next_on: date | None = None
    note: str = ""
    recorded_for: User | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Who receives a service's list, for the whole council or one district, and who stands in for them."""

    service: Service
    user: User
    district: District | None = None
    deputy: User | None = None
