"""Long work on the monthly file, as jobs do it: the payload names the month."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.nccis.actions import Month, NothingToSend, build_file, check_month
from schools.models import Authority
from tracking.figures.actions import Closed, NotOver, freeze
from tracking.figures.actions import Month as FiguresMonth
from tracking.released.actions import make_tables
from tracking.rules.months import ReportingMonth


def check(work: Work) -> dict[str, int]:
    """Check everybody of the month. The fence stands last, so that progress shows and stopping works meanwhile."""
    with transaction.atomic():
        run = check_month(month=_month(work), by=work.by, tell=work.progress)
        work.still_mine()
    return {"people": run.people, "errors": sum(run.counts.values())}


def hold_fast(work: Work) -> dict[str, int]:
    """Freeze the month: a copy of how everybody counts, from which its file is built."""
    month = _month(work)
    try:
        with transaction.atomic():
            made = freeze(month=FiguresMonth(month.authority.pk, month.period_end), by=work.by)
            work.still_mine()
        make_tables(freeze=made, by=work.by)
    except Closed as closed:
        raise JobFailed(str(closed)) from None
    except NotOver:
        raise JobFailed("The month is not over.") from None
    return {"people": made.people, "changed": made.changes.count()}


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
