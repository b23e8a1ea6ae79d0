"""What messages put on other pages: those of a record and whether they want any, and lists that wait to be sent."""

from dataclasses import dataclass
from datetime import date

from caseload.messaging.models import MessageBatch
from caseload.messaging.queries.batches import batches_seen
from caseload.messaging.queries.people import Messages, messages_of
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of


@dataclass(frozen=True)
class MessagesPanel:
    """The newest messages to somebody, and their wish for none."""

    messages: Messages
    may_change: bool
    template: str = "caseload/messaging/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> MessagesPanel | None:
    """For those who chase or write to many; one statement."""
    scope = scope_of(user)
    if not (scope.can(Permission.CHASE) or scope.can(Permission.CONTACT_MANY)):
        return None
    found = messages_of(person_id)
    may_change = scope.can(Permission.PERSON_CHANGE)
    return MessagesPanel(found, may_change) if found.wishes or found.lines or may_change else None


@dataclass(frozen=True)
class WaitingPanel:
    """Lists of messages that somebody has to look at, and those being sent."""

    waiting: tuple[MessageBatch, ...]
    template: str = "caseload/messaging/home_panel.html"


def home_panel(user: User, on: date) -> WaitingPanel | None:
    """For those who write to many, while a list waits or is sent; one statement."""
    if not scope_of(user).can(Permission.CONTACT_MANY):
        return None
    open_states = (MessageBatch.State.DRAFT, MessageBatch.State.RELEASED)
    found = tuple(batches_seen(user).filter(state__in=open_states)[:5])
    return WaitingPanel(found) if found else None
