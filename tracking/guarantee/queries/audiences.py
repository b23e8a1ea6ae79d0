"""Who of a cohort may be written to: a list of the registry AUDIENCES."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from schools.models import Authority
from tracking.guarantee.queries.board import Asked, people_where
from tracking.guarantee.queries.cohort import cohort_of
from tracking.guarantee.queries.leavers import left_year_12
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.guarantee import Stand, september_worked_on


def not_asked(authority: Authority, narrowed: Mapping[str, Any], on: date) -> QuerySet[YoungPerson]:
    """In the cohort of this September, and nothing is recorded of an offer."""
    freeze = cohort_of(authority.pk, september_worked_on(on))
    people = people_where(Asked(freeze, on, ruleset(on)), stand=Stand.NOT_ASKED) if freeze else []
    return YoungPerson.objects.of(authority).filter(pk__in=people)


def owed_after_leaving(authority: Authority, narrowed: Mapping[str, Any], on: date) -> QuerySet[YoungPerson]:
    """Left Year 12 early this school year, and no new offer."""
    return YoungPerson.objects.of(authority).filter(pk__in=list(left_year_12(authority.pk, on)))
