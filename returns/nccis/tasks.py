"""Long work on the monthly file, as jobs do it: the payload names the month."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.nccis.actions import Month, NothingToSend, build_file, check_month
from schools.models import Authority
from tracking.rules.months import ReportingMonth


def check(work: Work) -> dict[str, int]:
    """Check everybody of the month. The fence stands last, so that progress shows and stopping works meanwhile."""
    with transaction.atomic():
        run = check_month(month=_month(work), by=work.by, tell=work.progress)
        work.still_mine()
    return {"people": run.people, "errors": sum(run.counts.values())}


def build(work: Work) -> dict[str, int]:
    """Build the month's file."""
    try:
        with transaction.atomic():
            submission = build_file(month=_month(work), by=work.by, tell=work.progress)
            work.still_mine()
    except NothingToSend as nothing:
        raise JobFailed(str(nothing)) from None
    return {"people": submission.people}


def _month(work: Work) -> Month:
    return Month(
        Authority.objects.get(pk=work.authority_id or 0), ReportingMonth.read(work.payload["month"]).ends_on
    )
