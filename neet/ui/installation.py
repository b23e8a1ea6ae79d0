"""How the installation is: what somebody who runs it wants to see first. No child is in it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.models import AuditEvent, Seal
from neet.jobs.models import Job
from neet.messages.models import Message


@dataclass(frozen=True)
class InstallationPanel:
    """Accounts, work waiting or failed, messages that did not go, and how far the trail is sealed."""

    accounts: int
    closed_accounts: int
    jobs: dict[str, int]
    messages: dict[str, int]
    last_seal_at: datetime | None
    unsealed_since: int
    template: str = "components/installation.html"


def installation_panel(user: User, on: date) -> InstallationPanel | None:
    """For system administrators; five statements."""
    if not scope_of(user).can(Permission.ADMIN_USE):
        return None
    accounts = User.objects.aggregate(working=Count("pk", filter=Q(is_active=True)), every=Count("pk"))
    last = Seal.objects.order_by("-id").only("at").first()
    since = AuditEvent.objects.filter(at__gt=last.at) if last else AuditEvent.objects.all()
    return InstallationPanel(
        accounts=accounts["working"],
        closed_accounts=accounts["every"] - accounts["working"],
        jobs=in_state(Job, "waiting", "running", "failed"),
        messages=in_state(Message, "waiting", "failed", "unsure"),
        last_seal_at=last.at if last else None,
        unsealed_since=since.count(),
    )


def in_state(model: type[Job] | type[Message], *states: str) -> dict[str, int]:
    """How many rows stand in each of these states."""
    return model.objects.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in states})
