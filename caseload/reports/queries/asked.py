"""What was asked for and is being made beside the pages."""

from collections.abc import Mapping, Sequence

from caseload.reports.catalogue import REPORTS
from caseload.reports.kinds import Kind
from caseload.reports.queries.places import Whom
from caseload.reports.statements import Wanted
from neet.jobs.models import Job
from schools.models import Authority
from tracking.rules.months import ReportingMonth


class NotOpen(LookupError):
    """There is no such report, or it is not open to whoever asks."""


def wanted_of(authority: Authority, asked: Mapping[str, str], places: Sequence[Whom]) -> Wanted:
    """What a job is to make, if it is of one of these places. Raises NotOpen."""
    report, whom = REPORTS.get(asked["report"]), {each.slug: each for each in places}.get(asked["of"])
    if report is None or whom is None or not report.is_of(whom):
        raise NotOpen
    return Wanted(report, authority, ReportingMonth.read(asked["month"]), whom)


def being_made(wanted: Wanted) -> Job | None:
    """The work by which this very report is being made now."""
    found = Job.objects.filter(kind=Kind.ASKED, authority_id=wanted.authority.pk, state__in=Job.OPEN)
    return found.filter(payload=wanted.asked).order_by("pk").first()
