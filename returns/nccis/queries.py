"""Reading for the monthly file: whose numbers stand in it, who has outgrown it, what the checks found."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from neet.jobs.models import Job
from returns.nccis.kinds import Kind
from schools.models import Authority
from tracking.models import Characteristic, YoungPerson
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind
from tracking.rules.ruleset import RuleSet


def database_ids(authority: Authority) -> tuple[str, ...]:
    """The three-digit database numbers that the authority's young people carry, in order (error 903)."""
    numbers = YoungPerson.objects.of(authority).values_list(Left("young_person_id", 3), flat=True).distinct()
    return tuple(sorted(numbers)) or (authority.database_id,)


def too_old(authority: Authority, period_end: date, ruleset: RuleSet) -> QuerySet[YoungPerson]:
    """Those of the primary cohort who have outgrown the file without anybody having marked them so: they are left
    out of it (error 40) until they are marked as aged out, which is sent once."""
    oldest, _ = birth_range(ruleset.limits["oldest_with_plan"], period_end)
    oldest_without_plan, _ = birth_range(ruleset.limits["oldest_without_plan"], period_end)
    holds = Q(starts_on__isnull=True) | Q(starts_on__lte=period_end)
    holds &= Q(ends_on__isnull=True) | Q(ends_on__gte=period_end)
    keeps_them = Characteristic.objects.filter(
        holds, person=OuterRef("pk"), person__date_of_birth__gte=oldest, code=Characteristic.EHCP
    )
    return (
        YoungPerson.objects.of(authority)
        .filter(cohort_status__in=ruleset.cohort_letters(CohortKind.PRIMARY))
        .filter(~Exists(keeps_them), date_of_birth__lt=oldest_without_plan)
    )


def work_of(authority_id: int, period_end: date) -> QuerySet[Job]:
    """The checks, freezes and builds of a month that were asked for, the newest first."""
    month = f"{period_end:%Y-%m}"
    return Job.objects.filter(
        authority_id=authority_id, kind__in=[Kind.CHECKED, Kind.FROZEN, Kind.BUILT], payload__month=month
    )
