"""What calls answer to the self-assessment: how soon somebody who became NEET is spoken to."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.assessment import Answer, percent
from tracking.rules.codes import Status

LOOKED_BACK = timedelta(days=182)
# From becoming NEET to the first time somebody was reached; who still waits counts as not reached.
FIRST_CONTACT = """
    select count(*), count(first.days), count(*) filter (where first.days <= %(within)s),
      percentile_cont(0.5) within group (order by first.days)
    from tracking_situation s join tracking_youngperson p on p.id = s.person_id
    left join lateral (
      select (t.tried_at at time zone 'Europe/London')::date - s.neet_since_on as days
      from caseload_attempt t where t.person_id = p.id and t.reached
        and (t.tried_at at time zone 'Europe/London')::date >= s.neet_since_on
      order by t.tried_at limit 1
    ) first on true
    where p.authority_id = %(authority)s and s.code = any(%(neet)s)
      and s.neet_since_on between %(since)s and %(until)s
"""


def first_contact(authority: Authority, on: date) -> Answer:
    """Of those NEET since no more than half a year whose days of the contact protocol are over, who was spoken to
    within them (R128). One statement and the rules."""
    rules = ruleset(on)
    days = [each.first_days for each in rules.protocol(authority.code) if each.status is Status.NEET]
    if not days:
        return Answer("The contact protocol names no days for those who become NEET", page="calls_late")
    within = max(days)
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "within": within,
        "neet": sorted(rules.activities_with(Status.NEET)),
        "since": on - LOOKED_BACK,
        "until": on - timedelta(days=within),
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST_CONTACT, asked)
        whole, reached, in_time, middle = cursor.fetchone()
    parts = {"Became NEET": whole, "Spoken to": reached, f"Within {within} days": in_time}
    if middle is not None:
        parts["Days until then, the middle one"] = round(float(middle), 1)
    words = f"{in_time} of {whole} who became NEET within half a year were spoken to within {within} days"
    return Answer(words, percent(in_time, whole), "%", True, parts, "calls_late")
