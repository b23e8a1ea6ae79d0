"""Asking that a cohort be set or taken back: tens of thousands of records change, so a job does it and a page tells how
far it is."""

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from tracking.guarantee.actions.setting import (
    MAY_TAKE_BACK,
    refuse_approval,
    refuse_taking_back,
    refuse_without,
)
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.queries.cohort import freezes


def ask_to_approve(*, freeze: CohortFreeze, why: str = "", by: User) -> Job | None:
    """Have the cohort set, by whoever may approve it; None where it is being set already. Raises CannotSet."""
    if freeze.is_under_way:
        return None
    with recorded(Kind.COHORT_ASKED_FOR, by=by, authority_id=freeze.authority_id, why=why) as event:
        now = _held(freeze)
        if now is not None and now.is_under_way:
            event.counts["repeated"] = 1
            return None
        refuse_approval(now, by, why)
        assert now is not None
        now.why_alone = why.strip() if now.made_by_id == by.pk else ""
        return _going(now, Kind.COHORT_SET, by)


def ask_to_take_back(*, freeze: CohortFreeze, why: str, by: User) -> Job | None:
    """Have the proposal or the cohort taken back; None where that goes on already. Raises CannotSet."""
    if freeze.is_under_way:
        return None
    refuse_without(by, freeze.authority, *MAY_TAKE_BACK)
    with recorded(Kind.COHORT_ASKED_FOR, by=by, authority_id=freeze.authority_id, why=why) as event:
        now = _held(freeze)
        if now is not None and now.is_under_way:
            event.counts["repeated"] = 1
            return None
        refuse_taking_back(now, why)
        assert now is not None
        now.withdrawn_why = why.strip()
        return _going(now, Kind.COHORT_TAKEN_BACK, by)


def _held(freeze: CohortFreeze) -> CohortFreeze | None:
    return freezes(freeze.authority_id).select_for_update(of=("self",)).filter(pk=freeze.pk).first()


def _going(freeze: CohortFreeze, kind: Kind, by: User) -> Job:
    freeze.job = submit(kind=kind, by=by, authority_id=freeze.authority_id, payload={"freeze": freeze.pk})
    freeze.save(update_fields=["job", "why_alone", "withdrawn_why"])
    return freeze.job
