"""Whose self-assessment somebody may work on, and until when."""

from caseload.assessment.models import SelfAssessment
from caseload.assessment.queries.lines import may_work_on
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.register.refusals import NotPermitted, NotRight

LOCK = "self_assessment"
CLOSED = "It was approved and is kept as it was."
HANDED_IN = "It was handed in for approval. Take it back first."


def allowed(by: User | None, authority_id: int) -> None:
    """Raise NotPermitted unless they may work on this council's self-assessment. None is the system itself."""
    if by is not None and not may_work_on(by, authority_id):
        raise NotPermitted(Permission.PLAN_CHANGE)


def held(assessment: SelfAssessment) -> SelfAssessment:
    """As it is now, held until the end."""
    return (
        SelfAssessment.objects.select_for_update(of=("self",))
        .select_related("authority")
        .get(pk=assessment.pk)
    )


def open_now(assessment: SelfAssessment) -> SelfAssessment:
    """The same, where it may still be changed. Raises NotRight."""
    now = held(assessment)
    if now.approved_at:
        raise NotRight({"": CLOSED})
    if now.handed_in_at:
        raise NotRight({"": HANDED_IN})
    return now
