"""Checking returns, taking them over and taking them back, as jobs do it."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.replacing import confirm_instead
from returns.intake.actions.taking_back import reject, withdraw
from returns.intake.models import Intake
from returns.intake.refusals import Changed, NotNow, NotReady
from tracking.register.refusals import NotPermitted

NOT_PERMITTED = "This account may no longer do this. Nothing was changed."


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


def apply_return(work: Work) -> dict[str, int]:
    """Take a checked return into the register. What it finds changed stays found, though the job has failed."""
    try:
        send = confirm_instead if work.payload.get("instead") else confirm
        intake = send(intake=_intake(work), by=work.by, fence=work.still_mine)
    except (Changed, NotNow, NotReady) as reason:
        raise JobFailed(str(reason)) from None
    except NotPermitted:
        raise JobFailed(NOT_PERMITTED) from None
    return dict(intake.counts.get("taken", {}))


def take_return_back(work: Work) -> dict[str, int]:
    """Take a sent return out of the register again, as its sender or the council asked."""
    intake = _intake(work)
    try:
        if work.payload["how"] == Intake.State.REJECTED:
            done = reject(intake=intake, why=intake.decided_why, by=work.by, fence=work.still_mine)
        else:
            done = withdraw(intake=intake, by=work.by, fence=work.still_mine)
    except (NotNow, NotReady) as reason:
        raise JobFailed(str(reason)) from None
    except NotPermitted:
        raise JobFailed(NOT_PERMITTED) from None
    return {"people": done.back, "stay": len(done.staying)}


def _intake(work: Work) -> Intake:
    return Intake.objects.get(pk=work.payload["intake"])
