"""Whom a return is expected to speak of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from returns.calendar.models import ExpectedReturn
from returns.intake.layouts import LAYOUTS, Lists
from returns.intake.models import Intake
from returns.intake.queries.statements import statement
from tracking.models import Characteristic
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet

EDUCATION = "Education"
AUTUMN = "enrolment"
PROVIDER = "provider"
PLACES_WITH_A_YEAR_11 = frozenset({"school", "special", "alternative"})


@dataclass(frozen=True)
class Whose:
    """One establishment's answer to a council, as things stood on a day."""

    authority_id: int
    establishment_id: int | None
    establishment_kind: str
    type: str
    day: date

    @classmethod
    def asked_of(cls, expected: ExpectedReturn) -> "Whose":
        """Of an answer that is asked for, as its day has it."""
        place, collection = expected.establishment, expected.collection
        kind = place.kind if place else ""
        return cls(
            collection.authority_id, expected.establishment_id, kind, collection.type, collection.as_at
        )

    @classmethod
    def of(cls, intake: Intake) -> "Whose":
        day = min(intake.as_at, clock.today())  # of tomorrow nothing is known yet
        return cls(intake.authority_id, intake.establishment_id, intake.kind_of_place, intake.type, day)


@dataclass(frozen=True)
class ExpectedPupil:
    """Somebody a return is expected to speak of; `is_leaver` where they were in Year 11 here and may have gone."""

    person_id: int
    activity_id: int
    is_leaver: bool


def expected_pupils(whose: Whose) -> list[ExpectedPupil]:
    """Those an establishment's return should name: its own on the day, and in the autumn return of a school also its
    Year 11 of the last 31 May (R12). One statement; restricted records are nobody's to list."""
    with connection.cursor() as cursor:
        cursor.execute(statement("expected"), asked_of(whose))
        return [ExpectedPupil(*row) for row in cursor.fetchall()]


def asked_of(whose: Whose) -> Mapping[str, Any]:
    """What the statements ask by, for this answer."""
    rules = ruleset(whose.day)
    limits = rules.limits
    may = year_11_day(whose)
    year_11 = birth_range(limits["youngest_academic_age"], may or whose.day)
    return {
        "authority": whose.authority_id,
        "establishment": whose.establishment_id,
        "day": whose.day,
        "may": may,
        "year_11_from": year_11[0],
        "year_11_to": year_11[1],
        "born_from": birth_range(limits["oldest_without_plan"], whose.day)[0],
        "born_from_with_plan": birth_range(limits["oldest_with_plan"], whose.day)[0],
        "plan": Characteristic.EHCP,
        "letters": sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)),
        "outgrown": sorted(rules.cohort_letters(CohortKind.AGED_OUT, CohortKind.PLAN_ENDED)),
        "codes": codes_asked_for(whose, rules),
    }


def codes_asked_for(whose: Whose, rules: RuleSet) -> list[str]:
    """The activities that make somebody one of theirs: in the autumn education after Year 11, at a training provider
    whatever is learning or work; else any. None where the return lists no roll."""
    if LAYOUTS[whose.type].lists != Lists.ROLL:
        return []
    if whose.type != AUTUMN:
        return sorted(rules.activities)
    if whose.establishment_kind == PROVIDER:
        return sorted(rules.activities_with(Status.EET))
    return sorted(code for code, activity in rules.activities.items() if activity.family == EDUCATION)


def asks_for_year_11(whose: Whose) -> bool:
    """Whether those who were in Year 11 last May are asked after."""
    return whose.type == AUTUMN and whose.establishment_kind in PLACES_WITH_A_YEAR_11


def year_11_day(whose: Whose) -> date | None:
    """The day on which their Year 11 counts: of a return of Year 11 the day itself, in the autumn and of those who left
    it the last 31 May."""
    lists = LAYOUTS[whose.type].lists
    if lists == Lists.YEAR_11:
        return whose.day
    if lists == Lists.LEAVERS:
        return last_may(whose.day)
    return last_may(whose.day) if asks_for_year_11(whose) else None


def last_may(day: date) -> date:
    """The last 31 May before the day."""
    return date(day.year if day > date(day.year, 5, 31) else day.year - 1, 5, 31)
