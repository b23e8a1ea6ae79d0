"""What a council says of itself, as pages hand it to the action."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseload.allocation.rules import Planned
from schools.models import Service


@dataclass(frozen=True, slots=True)
class Council:
    """What a council is like: its shape, who answers where no rule names a service, days, and stages."""

    shape: str
    default_service: Service | None
    warn_days: int
    referral_days: int
    stages: Sequence[Planned] = ()
