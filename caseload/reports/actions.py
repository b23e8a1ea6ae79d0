"""Making a report: its files are kept with a fingerprint of its numbers."""

from django.db import connection

from caseload.reports.catalogue import content
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reports.papers import pdf, xlsx
from caseload.reports.queries.made import made_of
from caseload.reports.rules.content import Content
from caseload.reports.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import store

PURPOSE = "report for meetings"


def make(*, wanted: Wanted, by: User | None) -> MadeReport:
    """Make a report and keep it as PDF and sheet. Of the same numbers the one that was made stands, whoever asks again.
    Raises NoSuchMonth, and CannotStore where there is no room."""
    said = content(wanted.report, wanted.authority, wanted.month, wanted.whom)
    with recorded(Kind.MADE, by=by, authority_id=wanted.authority.pk) as event:
        _one_at_a_time(wanted.authority.pk)
        standing = made_of(wanted.authority.pk, wanted.report.slug, wanted.month, wanted.whom).first()
        if standing is None or standing.digest != said.digest:
            standing = _keep(wanted, said, by)
        event.counts = {"report": standing.pk, "sections": len(said.sections)}
    return standing


def _one_at_a_time(authority_id: int) -> None:
    """Two who ask for the same report at once get one."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('neet.report'), %s)", [authority_id])


def _keep(wanted: Wanted, said: Content, by: User | None) -> MadeReport:
    place = "" if wanted.whom.district is None and wanted.whom.service is None else f"_{wanted.whom.slug}"
    name = f"{wanted.report.slug}_{wanted.month.slug}{place}"
    kept = {
        ending: store(
            source=[made], name=f"{name}.{ending}", purpose=PURPOSE, by=by, authority_id=wanted.authority.pk
        )
        for ending, made in (("pdf", pdf(said)), ("xlsx", xlsx(said)))
    }
    return MadeReport.objects.create(
        authority=wanted.authority,
        slug=wanted.report.slug,
        month=wanted.month.ends_on,
        district=wanted.whom.district,
        service=wanted.whom.service,
        is_frozen=wanted.month.is_over(clock.today()),
        digest=said.digest,
        made_by=by,
        **kept,
    )
