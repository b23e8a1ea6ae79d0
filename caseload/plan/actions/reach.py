"""Whose plan somebody may change."""

from caseload.plan.queries.board import may_change
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.register.refusals import NotPermitted

LOCK = "plan_of_the_year"


def allowed(by: User | None, authority_id: int) -> None:
    """Raise NotPermitted unless they may change this council's plan. None is the system itself."""
    if by is not None and not may_change(by, authority_id):
        raise NotPermitted(Permission.PLAN_CHANGE)
