"""How long it takes until the register says what a school told of joiners and leavers (R113)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from neet.ui.words import many
from returns.intake.models import Intake
from tracking.rules.months import ReportingMonth

TYPE = "joiners_leavers"
# From the day the row came in to the day of the act that took it over; a row that was taken back changed nothing.
MEDIAN = """
    select count(*), percentile_cont(0.5) within group (
        order by (e.at at time zone 'Europe/London')::date - (i.begun_at at time zone 'Europe/London')::date)
    from returns_intake i
    join returns_intakerow r on r.intake_id = i.id
    join audit_auditevent e on e.id = r.applied_event
    where i.authority_id = %(authority)s and i.type = %(type)s and i.state = any(%(applied)s)
      and (e.at at time zone 'Europe/London')::date between %(since)s and %(until)s
"""


@dataclass(frozen=True)
class RecordChange:
    """How many rows changed the register in a month, and after how many days the middle one of them did."""

    rows: int
    days: float | None

    @property
    def words(self) -> str:
        if self.days is None:
            return "No joiner or leaver was recorded from a return this month"
        days = f"{self.days:g} {'day' if self.days == 1 else 'days'}"
        return f"{days} from the row of a joiner or leaver to the record, the middle of {many(self.rows, 'row,rows')}"


def record_change(authority_id: int, month: date) -> RecordChange:
    """Of the month that ends on the day; one statement."""
    asked: dict[str, Any] = {
        "authority": authority_id,
        "type": TYPE,
        "applied": list(Intake.APPLIED),
        "since": ReportingMonth(month).starts_on,
        "until": month,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN, asked)
        rows, days = cursor.fetchone()
    return RecordChange(rows, days)
