"""Whom a survey asks: Year 11, school by school, less those whose records are restricted."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from returns.surveys.models import Survey
from schools.models import Establishment
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, YoungPerson
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind

LAST_OF_MAY = (5, 31)
WITH_A_YEAR_11 = ("school", "special", "alternative")


def day_of(survey: Survey, today: date) -> date:
    """The day whose Year 11 is asked: while it runs the present one, after results day that of the last 31 May."""
    if survey.kind == Survey.Kind.RESULTS_DAY:
        return date(survey.academic_year + 1, *LAST_OF_MAY)
    return min(max(today, survey.opens_on), survey.closes_on)


def year_11(authority_id: int, day: date) -> QuerySet[YoungPerson]:
    """Year 11 of a council's register on a day, by age, of the cohort; restricted records are nobody's to list."""
    rules = ruleset(day)
    born = birth_range(rules.limits["youngest_academic_age"], day)
    letters = rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    return YoungPerson.objects.filter(
        authority=authority_id, date_of_birth__range=born, cohort_status__in=letters, restricted_on=None
    )


def on_roll(day: date) -> Q:
    """Activities that ran on the day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def asked_at(authority_id: int, establishment_id: int, day: date) -> QuerySet[YoungPerson]:
    """Year 11 of one school on a day."""
    there = Activity.objects.filter(on_roll(day), person=OuterRef("pk"), establishment=establishment_id)
    return year_11(authority_id, day).filter(Exists(there))


def asked_by_school(authority_id: int, day: date) -> dict[int, int]:
    """How many are in Year 11 at each place on the day; one statement."""
    here = Activity.objects.filter(on_roll(day), person__in=year_11(authority_id, day).values("pk"))
    rows = here.exclude(establishment=None).order_by().values_list("establishment")
    return dict(rows.annotate(pupils=Count("person", distinct=True)))


def asks_there(authority_code: str, authority_id: int, day: date) -> QuerySet[Establishment]:
    """The places that get a link of their own: the council's schools with a Year 11, and wherever else its young people
    are in Year 11."""
    elsewhere = Q(pk__in=list(asked_by_school(authority_id, day)))
    own = Q(la_code=authority_code, kind__in=WITH_A_YEAR_11, highest_year_group__gte=11)
    return Establishment.objects.filter(own | elsewhere, closed_on=None).order_by("name", "pk")
