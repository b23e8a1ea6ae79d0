"""What the self-assessment is told of those who leave Year 12."""

from datetime import date

from neet.ui.words import many
from schools.models import Authority
from tracking.guarantee.queries.leavers import left_year_12
from tracking.rules.assessment import Answer


def year_12_leavers(authority: Authority, on: date) -> Answer:
    """How many in Year 12 left a course early and have no new offer (R108, R130). One statement and the rules."""
    found = len(left_year_12(authority.pk, on))
    words = f"{many(found, 'young person,young people')} in Year 12 left a course early and have no new offer"
    return Answer(words, found, more_is_better=False, page="guarantee")
