"""Whether those in learning have a day recorded on which it is expected to end (R115)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tracking.figures.queries.scorecard import asked_today
from tracking.figures.standing import bring_up_to_date
from tracking.rules.cohort import INSIDE

# Those past Year 11 whose present activity counts as education or training.
PLANNED = """
    select count(*), count(a.predicted_end_on)
    from tracking_nowrecord n join tracking_situation s on s.person_id = n.person_id
    join tracking_activity a on a.id = s.activity_id
    where n.authority_id = %(authority)s and n.reason = any(%(inside)s) and n.participates
      and n.reason <> 'year_11'
"""


@dataclass(frozen=True)
class PlannedEnds:
    """How many of the cohort past Year 11 are in education or training, and of how many the end is expected on a day
    that is recorded."""

    learning: int
    with_end: int

    @property
    def percent(self) -> float | None:
        return 100 * self.with_end / self.learning if self.learning else None


def planned_ends(authority_id: int, on: date) -> PlannedEnds:
    """For the self-assessment's question whether planned completion dates are recorded (R115): the register as it
    stands today, restricted records are counted and nobody is named. Four statements."""
    bring_up_to_date(asked_today(authority_id, on))
    asked: dict[str, Any] = {"authority": authority_id, "inside": sorted(INSIDE)}
    with connection.cursor() as cursor:
        cursor.execute(PLANNED, asked)
        return PlannedEnds(*cursor.fetchone())
