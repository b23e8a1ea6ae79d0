"""Who came and who left since the cohort was frozen: suggested, never done by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from neet.ui.words import day
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.guarantee.queries.cohort import Asked
from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import GROUPS
from tracking.rules.offers import guarantee_births
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True)
class Suggestions:
    """Whom to add and whom to remove, as numbers of young people."""

    to_add: Sequence[int]
    to_remove: Sequence[int]


def suggestions(freeze: CohortFreeze, on: date) -> Suggestions:
    """Who belongs now and never was in the cohort; who is in it and belongs no more. Two statements."""
    return Suggestions(newcomers(freeze, on), list(gone(freeze, on).values_list("person_id", flat=True)))


def newcomers(freeze: CohortFreeze, on: date) -> list[int]:
    """Those who belong as the register has them on the day, and of whom nobody has decided: who was removed once is
    not suggested again."""
    asked: dict[str, Any] = {**Asked(freeze.authority, freeze.year, on).parameters, "freeze": freeze.pk}
    with connection.cursor() as cursor:
        cursor.execute(
            f"select b.person_id from ({text('belonging')}) b where not exists (select from tracking_cohortmember m"
            " where m.freeze_id = %(freeze)s and m.person_id = b.person_id) order by 1",
            asked,
        )
        return [person for (person,) in cursor.fetchall()]


def gone(freeze: CohortFreeze, on: date) -> QuerySet[CohortMember]:
    """Members whose record says that they left, or that they are of another year group."""
    rules = ruleset(on)
    stays = rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    births = {group: guarantee_births(freeze.year, group) for group in sorted(GROUPS)}
    of_age = Q(pk__in=[])
    for group, born in births.items():
        of_age |= Q(year_group=group, person__date_of_birth__range=born)
    members = freeze.members.filter(removed_on=None, person__isnull=False)
    return members.exclude(of_age, person__cohort_status__in=sorted(stays)).order_by("pk")


def why_new(person: YoungPerson, freeze: CohortFreeze) -> str:
    """Why somebody who belongs was not in the cohort when it was frozen."""
    if person.created_at.date() > freeze.as_at:
        return f"New on our register on {day(person.created_at.date())}"
    if person.cohort_status_on and person.cohort_status_on > freeze.as_at:
        return f"In our cohort since {day(person.cohort_status_on)}"
    return f"Belongs by the record as it is now, not as it was on {day(freeze.as_at)}"


def why_gone(person: YoungPerson, rules: RuleSet) -> str:
    """Why somebody in the cohort belongs no more."""
    status = rules.cohort_statuses.get(person.cohort_status)
    if status is None or status.kind in (CohortKind.PRIMARY, CohortKind.GUARANTEE):
        return "Of another year group by the date of birth now recorded"
    area = rules.areas.get(person.transferred_to_la)
    where = f": {area.plain_words}" if area else ""
    since = f", {day(person.cohort_status_on)}" if person.cohort_status_on else ""
    return f"{status.plain_words}{where}{since}"
