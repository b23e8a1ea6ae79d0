"""Setting a cohort and taking it back, away from the page that asked for it."""

from django.db import transaction

from neet.accounts.models import User
from neet.jobs.work import JobFailed, Work
from tracking.guarantee import actions
from tracking.guarantee.actions.setting import CannotSet
from tracking.guarantee.models import CohortFreeze

NO_ASKER = "Whoever asked for this has no account here any more."


def set_cohort(work: Work) -> dict[str, int]:
    """Set the cohort. The fence stands last, so that stopping works; done by an attempt whose end was lost, it is done
    once."""
    freeze = _freeze(work)
    if freeze.is_set and freeze.job_id == work.job_id:
        return {"people": freeze.people}
    try:
        with transaction.atomic():
            done = actions.approve(freeze=freeze, by=_asker(work), why=freeze.why_alone, tell=work.progress)
            work.still_mine()
    except CannotSet as reason:
        raise JobFailed(str(reason)) from None
    return {"people": done.people}


def take_back(work: Work) -> dict[str, int]:
    """Take the proposal or the cohort back, for the reason kept when it was asked for."""
    freeze = _freeze(work)
    if freeze.withdrawn_at and freeze.job_id == work.job_id:
        return {"people": freeze.people}
    try:
        with transaction.atomic():
            done = actions.take_back(freeze=freeze, why=freeze.withdrawn_why, by=_asker(work))
            work.still_mine()
    except CannotSet as reason:
        raise JobFailed(str(reason)) from None
    return {"people": done.people}


def _freeze(work: Work) -> CohortFreeze:
    found = CohortFreeze.objects.select_related("authority", "made_by")
    return found.get(pk=work.payload["freeze"])


def _asker(work: Work) -> User:
    if work.by is None:
        raise CannotSet(NO_ASKER)
    return work.by
