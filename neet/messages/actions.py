"""Putting messages into the outbox, and sending what is in it: each once, or it is known that nobody knows."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.audit.kinds import Kind
from neet.messages.models import Message, StoppedAddress
from neet.messages.queries import address_digest, address_of, facts_of, is_stopped

log = logging.getLogger(__name__)

ATTEMPTS = 5
MOST_AT_ONCE = 200
INTERRUPTED_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Letter:
    """One e-mail to be sent: `template` names messages/<template>.txt, whose first line is the subject; `to` is a kind
    of settings.RECIPIENTS and an id."""

    template: str
    to: tuple[str, int]
    authority_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def send(
    *,
    template: str,
    to: tuple[str, int],
    authority_id: int | None = None,
    facts: dict[str, Any] | None = None,
) -> Message:
    """Put one e-mail into the outbox, with the transaction of whatever it tells about.

    Facts are counts, days and addresses of our own pages: nothing about any young person. What is secret or names the
    recipient is no fact of the row: settings.RECIPIENT_FACTS says who supplies it while it is sent.
    """
    return send_all(letters=[Letter(template, to, authority_id, facts or {})])[0]


def send_all(*, letters: Iterable[Letter]) -> list[Message]:
    """Put e-mails to many into the outbox in one statement, in their order."""
    return Message.objects.bulk_create(_waiting(letter) for letter in letters)


def _waiting(letter: Letter) -> Message:
    kind, number = letter.to
    if kind not in settings.RECIPIENTS:
        raise LookupError(f"{kind} is not in RECIPIENTS")
    return Message(
        template=letter.template,
        recipient_kind=kind,
        recipient_id=number,
        authority_id=letter.authority_id,
        facts=letter.facts,
    )


def deliver() -> int:
    """Send what is due; returns how many went. What was being sent when a worker died is not sent again."""
    lost = Message.objects.filter(state=Message.State.SENDING, due_at__lt=clock.now() - INTERRUPTED_AFTER)
    lost.update(state=Message.State.UNSURE)
    sent = 0
    for _ in range(MOST_AT_ONCE):
        message = _take()
        if message is None:
            break
        sent += _post(message)
    return sent


@transaction.atomic
def _take() -> Message | None:
    due = Message.objects.filter(state=Message.State.WAITING, due_at__lte=clock.now())
    message = due.select_for_update(skip_locked=True).order_by("due_at").first()
    if message:
        message.state, message.attempts, message.due_at = (
            Message.State.SENDING,
            message.attempts + 1,
            clock.now(),
        )
        message.save(update_fields=["state", "attempts", "due_at"])
    return message


def _post(message: Message) -> bool:
    address = address_of(message)
    if not address:
        return _ended(message, Message.State.UNREACHABLE)
    if is_stopped(address):
        return _ended(message, Message.State.STOPPED)
    subject, _, text = _worded(message).partition("\n")
    try:
        EmailMessage(subject.strip(), text.strip() + "\n", to=[address]).send()
    except OSError as problem:  # every failure of a mail server is one
        return _again(message, problem)
    return _ended(message, Message.State.SENT)


def _worded(message: Message) -> str:
    facts = {**message.facts, **facts_of(message), "base_url": settings.BASE_URL}
    return render_to_string(f"messages/{message.template}.txt", facts)


def _again(message: Message, problem: Exception) -> bool:
    log.warning("a message did not go", extra={"about": {"message": message.pk, "attempt": message.attempts}})
    if message.attempts >= ATTEMPTS:
        return _ended(message, Message.State.FAILED)
    message.state, message.due_at = (
        Message.State.WAITING,
        clock.now() + timedelta(minutes=2**message.attempts),
    )
    message.save(update_fields=["state", "due_at"])
    return False


def _ended(message: Message, state: str) -> bool:
    sent = state == Message.State.SENT
    message.state, message.sent_at = state, clock.now() if sent else None
    message.save(update_fields=["state", "sent_at"])
    return sent


def stop(*, address: str, by: User | None) -> None:
    """Send nothing more to this address; sign-in codes and password links still go."""
    with recorded(Kind.CONTACT_STOPPED, by=by):
        StoppedAddress.objects.get_or_create(digest=address_digest(address))
