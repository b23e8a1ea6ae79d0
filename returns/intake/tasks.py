"""Checking returns, as jobs do it."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.intake.actions.checking import check
from returns.intake.models import Intake
from returns.intake.refusals import NotNow


def check_return(work: Work) -> dict[str, int]:
    """Check a return. The fence stands last, so that stopping works meanwhile."""
    try:
        with transaction.atomic():
            intake = check(
                intake=Intake.objects.get(pk=work.payload["intake"]), by=work.by, tell=work.progress
            )
            work.still_mine()
    except NotNow as reason:
        raise JobFailed(str(reason)) from None
    return dict(intake.counts)
