"""Who left Year 12 and is owed a new offer (R108)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, birth_range, starts_on
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import Stand
from tracking.rules.offers import group_age

SUMMER = (6, 1)  # courses without an expected end are over by themselves from June on
YEAR_12 = 12


@dataclass(frozen=True)
class Left:
    """When somebody left which place."""

    on: date
    place: str

    @property
    def words(self) -> str:
        return self.place or "a place not recorded"


def left_year_12(authority_id: int, on: date) -> dict[int, Left]:
    """Those in Year 12 who left a course early this school year, learn nowhere and have no offer since, by person.
    One statement."""
    rules, year = ruleset(on), academic_year(on)
    born = birth_range(group_age(YEAR_12), on)
    asked: dict[str, Any] = {
        "authority": authority_id,
        "day": on,
        "year_start": starts_on(year),
        "summer": date(year + 1, *SUMMER),
        "born_from": born[0],
        "born_to": born[1],
        "primary": sorted(rules.cohort_letters(CohortKind.PRIMARY)),
        "learning": sorted(
            code for code, activity in rules.activities.items() if activity.counts_in_education_and_training
        ),
        "counting": sorted(code for code, stage in rules.offer_stages.items() if stage.counts),
        "offers": sorted(
            code for code, status in rules.guarantee_statuses.items() if status.stand is Stand.OFFER
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(text("left_year_12"), asked)
        return {person: Left(ended, place) for person, ended, place in cursor.fetchall()}
