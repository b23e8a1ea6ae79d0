"""What somebody wants regularly, as a page hands it to the action."""

from dataclasses import dataclass

from caseload.delivery.models import Subscription
from caseload.reports.queries.places import Whom
from tracking.exploring.models import SavedCut


@dataclass(frozen=True)
class Regularly:
    """What is wanted (a report of a place, or a kept cut) and when."""

    report: str = ""
    whom: Whom | None = None
    cut: SavedCut | None = None
    every: str = Subscription.Every.MONTH
    on_day: int | None = None
