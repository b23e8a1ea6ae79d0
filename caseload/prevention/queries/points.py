"""The points of everybody in Years 10 to 13 of a council on a day: two statements, whatever their number."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection

from caseload.prevention import sql
from neet import clock
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.register.models import YoungPerson
from tracking.register.models.activity import Source
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, academic_year, birth_range
from tracking.rules.codes import CohortKind, Status
from tracking.rules.risk import ReadFrom, RiskFactor, in_force, weigh
from tracking.rules.ruleset import RuleSet

YEARS = (10, 13)
READ_BACK = relativedelta(years=2)
STATUSES = {str(each) for each in Status}
AS_THEY_STAND = "tracking_situation"
OF_THAT_DAY = "tracking_situations(%(day)s, array(select id from people))"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Somebody with points, the codes of the factors they come from, and their year group."""

    person: int
    year_group: int
    points: int
    reasons: tuple[str, ...]


def points_of(
    authority: Authority, on: date, people: Collection[int] | None = None, *, rules: RuleSet | None = None
) -> list[Pointed]:
    """Everybody with at least one point on a day, those with most first; among equals more reasons come first, then
    the older year, so that the same day gives the same list.
    Other rules than those of the day may be tried."""
    rules = rules or ruleset(on)
    factors = in_force(rules.risk_factors.values(), authority.code, on)
    found = [_pointed(*row, factors) for row in _held(authority, on, rules, factors, people)]
    found = [each for each in found if each.points]
    return sorted(found, key=lambda each: (-each.points, -len(each.reasons), -each.year_group, each.person))


def _pointed(person: int, year_group: int, held: list[str], factors: Iterable[RiskFactor]) -> Pointed:
    told = weigh(frozenset(held), year_group, factors)
    return Pointed(person, year_group, told.total, told.reasons)


def _held(
    authority: Authority,
    on: date,
    rules: RuleSet,
    factors: Iterable[RiskFactor],
    people: Collection[int] | None,
) -> list[tuple[int, int, list[str]]]:
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "day": on,
        "since": on - READ_BACK,
        "academic_year": academic_year(on),
        "born_from": birth_range(YEARS[1] + AGE_ABOVE_YEAR_GROUP, on)[0],
        "born_to": birth_range(YEARS[0] + AGE_ABOVE_YEAR_GROUP, on)[1],
        "letters": sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)),
        "factors": json.dumps([_asked(each, rules) for each in factors]),
        "institution": str(Source.PROVIDER),
        "objectors": _objectors(authority, on),
        "people": None if people is None else list(people),
    }
    situations = AS_THEY_STAND if on == clock.today() else OF_THAT_DAY
    with connection.cursor() as cursor:
        cursor.execute(sql.text("points").replace("{situations}", situations), asked)
        return cursor.fetchall()


def _asked(factor: RiskFactor, rules: RuleSet) -> dict[str, Any]:
    """By which values the factor holds: a status is all activities that count as it, what was said is its own name."""
    if factor.source is ReadFrom.SAID:
        return {"code": factor.code, "source": str(factor.source), "reads": [factor.code]}
    values: set[str] = set()
    for each in factor.reads:
        values |= rules.activities_with(Status(each)) if each in STATUSES else {each}
    return {"code": factor.code, "source": str(factor.source), "reads": sorted(values)}


def _objectors(authority: Authority, on: date) -> list[int]:
    asked = YoungPerson.objects.filter(objection_in_force(on), authority=authority, objections__isnull=False)
    return list(asked.distinct().values_list("pk", flat=True))
