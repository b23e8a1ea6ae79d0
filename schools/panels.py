"""What this floor puts on the first page of a school or college."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.attesting import attested_at


@dataclass(frozen=True)
class AttestPanel:
    """That nobody has looked yet this school year through who may sign in."""

    template: str = "schools/attest_panel.html"


def attest_panel(user: User, on: date) -> AttestPanel | None:
    """For who looks after the accounts there, until it is said; two statements."""
    scope = scope_of(user)
    if not scope.can(Permission.OWN_COLLEAGUES):
        return None
    return AttestPanel() if any(each.said is None for each in attested_at(scope, on)) else None
