"""Handing a self-assessment in, giving it back, and approving it: from then on it is kept as it was."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any

from caseload.assessment.actions.reach import CLOSED, allowed, held, open_now
from caseload.assessment.kinds import Kind
from caseload.assessment.models import SelfAssessment
from caseload.assessment.queries.lines import Line, lines
from caseload.assessment.queries.numbers import as_kept
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.register.refusals import NotRight

SECOND = "Somebody else approves what you handed in."


def hand_in(*, assessment: SelfAssessment, by: User) -> SelfAssessment:
    """Hand it in for approval. Raises NotPermitted; NotRight while lines wait for an answer, or once handed in."""
    allowed(by, assessment.authority_id)
    counts = {"assessment": assessment.pk}
    with recorded(Kind.HANDED_IN, by=by, authority_id=assessment.authority_id, counts=counts):
        now = open_now(assessment)
        waiting = sum(each.is_open for each in lines(now))
        if waiting:
            raise NotRight(
                {"": f"{waiting} of its lines {'waits' if waiting == 1 else 'wait'} for an answer."}
            )
        now.handed_in_at, now.handed_in_by = clock.now(), by
        now.save(update_fields=["handed_in_at", "handed_in_by"])
        return now


def give_back(*, assessment: SelfAssessment, by: User) -> SelfAssessment:
    """Open it again before it is approved. Raises NotPermitted, and NotRight once it was approved."""
    allowed(by, assessment.authority_id)
    counts = {"assessment": assessment.pk}
    with recorded(Kind.GIVEN_BACK, by=by, authority_id=assessment.authority_id, counts=counts):
        now = held(assessment)
        if now.approved_at:
            raise NotRight({"": CLOSED})
        now.handed_in_at, now.handed_in_by = None, None
        now.save(update_fields=["handed_in_at", "handed_in_by"])
        return now


def approve(*, assessment: SelfAssessment, by: User) -> SelfAssessment:
    """Approve what was handed in; its lines are kept as they are at this moment. Said twice, the first time stands.

    Never the person who handed it in. Raises NotPermitted, NotRight.
    """
    allowed(by, assessment.authority_id)
    counts = {"assessment": assessment.pk}
    with recorded(Kind.APPROVED, by=by, authority_id=assessment.authority_id, counts=counts):
        now = held(assessment)
        if now.approved_at:
            return now
        if now.handed_in_at is None:
            raise NotRight({"": "It has not been handed in."})
        if now.handed_in_by_id == by.pk:
            raise NotRight({"": SECOND})
        now.kept = [kept(each) for each in lines(now)]
        now.approved_at, now.approved_by = clock.now(), by
        now.save(update_fields=["kept", "approved_at", "approved_by"])
        return now


def kept(line: Line) -> dict[str, Any]:
    """A line as it is kept: words and numbers, days as ISO writes them."""
    told = {each.name: getattr(line, each.name) for each in fields(line)}
    told["answer"] = as_kept(line.answer) if line.answer else None
    if line.said:
        told["said"] = {
            name: each.isoformat() if isinstance(each, date) else each
            for name, each in asdict(line.said).items()
        }
    return told
