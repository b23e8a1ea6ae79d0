"""The council's first page: how many rows of returns wait for somebody to say who they are."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.intake.queries.matches import waiting


@dataclass(frozen=True)
class MatchesPanel:
    """Rows that wait, and where they are decided on."""

    left: int
    template: str = "returns/intake/matches_home.html"


def matches_panel(user: User, on: date) -> MatchesPanel | None:
    """For those who receive returns, while somebody waits."""
    if not scope_of(user).can(Permission.RETURN_RECEIVE):
        return None
    left = waiting(user).count()
    return MatchesPanel(left) if left else None
