"""What people say of the plan and of posts, as pages hand it to the actions."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import District, Service


@dataclass(frozen=True, slots=True)
class ItemTold:
    """Something to do in the year, for a service or for the council as a whole."""

    words: str
    due_on: date
    service: Service | None = None


@dataclass(frozen=True, slots=True)
class PostTold:
    """Who answers for what. Somebody without an account is written down by name."""

    words: str
    service: Service | None = None
    district: District | None = None
    holder: User | None = None
    holder_words: str = ""
    deputy: User | None = None
    away_from: date | None = None
    away_until: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class CouncilTold:
    """What a council is like, in five answers. `new_service` is the name of one it has not got here yet."""

    shape: str
    terms: int
    service: Service | None = None
    new_service: str = ""
    takes_meetings: bool = True
    takes_plan: bool = True
