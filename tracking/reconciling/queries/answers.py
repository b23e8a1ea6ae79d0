"""What the self-assessment is told of planned ends."""

from datetime import date

from schools.models import Authority
from tracking.reconciling.queries.planned_ends import planned_ends
from tracking.rules.assessment import Answer


def with_planned_end(authority: Authority, on: date) -> Answer:
    """Of those in learning past Year 11, of whom the end is expected on a day (R115)."""
    found = planned_ends(authority.pk, on)
    rate = None if found.percent is None else round(found.percent, 1)
    words = f"{found.with_end} of {found.learning} in learning past Year 11 have the day recorded"
    parts = {"In learning": found.learning, "With the day it is due to end": found.with_end}
    return Answer(words, rate, "%", True, parts, "coverage")
