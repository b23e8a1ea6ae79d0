"""Reports that were made, and the months there are reports of."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from caseload.reports.models import MadeReport
from caseload.reports.queries.places import WHOLE, Whom, open_to
from neet.accounts.models import User
from schools.models import Authority
from tracking.figures.queries.scorecard import standing_freezes
from tracking.rules.months import ReportingMonth

MONTHS = 25


def made_of(authority_id: int, slug: str, month: ReportingMonth, whom: Whom) -> QuerySet[MadeReport]:
    """What was made of one report, month and place, the latest first."""
    of = {"district": whom.district, "service": whom.service, "establishment": whom.establishment}
    return MadeReport.objects.filter(authority=authority_id, slug=slug, month=month.ends_on, **of)


def place_of(made: MadeReport) -> str:
    """The slug of the place a made report is of."""
    for name, pk in (
        ("district", made.district_id),
        ("service", made.service_id),
        ("school", made.establishment_id),
    ):
        if pk:
            return f"{name}-{pk}"
    return WHOLE


def made_for(user: User, authority: Authority) -> QuerySet[MadeReport]:
    """Every report made that this person may have, the latest month first."""
    return _for(open_to(user, authority)).filter(authority=authority)


def _for(open_places: Sequence[Whom]) -> QuerySet[MadeReport]:
    council = any(each.is_whole for each in open_places)
    wanted = Q(district__in=[each.district for each in open_places if each.district])
    wanted |= Q(service__in=[each.service for each in open_places if each.service])
    if council:
        wanted |= Q(district=None, service=None)  # of a school too
    found = MadeReport.objects.filter(wanted).select_related(
        "district", "service", "establishment", "made_by", "pdf", "xlsx"
    )
    return found.order_by("-month", "slug", "-made_at", "-pk")


def months_of(authority_id: int, on: date) -> Sequence[ReportingMonth]:
    """The month in progress and those that stand still, the latest first."""
    kept = [ReportingMonth(each.month) for each in standing_freezes(authority_id)[:MONTHS]]
    running = ReportingMonth.of(on)
    return [running, *(month for month in kept if month != running)]
