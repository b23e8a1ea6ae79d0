"""What is said when a campaign is opened."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import Service


@dataclass(frozen=True, slots=True)
class CampaignTold:
    """Which kind, between which days, whose it is."""

    kind: str
    starts_on: date
    ends_on: date
    service: Service | None = None
    owner: User | None = None
