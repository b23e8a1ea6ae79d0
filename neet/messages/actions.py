"""Putting messages into the outbox, and sending what is in it: each once, or it is known that nobody knows."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.audit.kinds import Kind
from neet.messages.models import Message, StoppedAddress
from neet.messages.queries import address_digest, address_of, facts_of, is_stopped
from neet.messages.rules import mobile
from neet.messages.ways import Away, Parcel, Refused, Way

log = logging.getLogger(__name__)
State = Message.State

ATTEMPTS = 5
MOST_AT_ONCE = 200
INTERRUPTED_AFTER = timedelta(minutes=10)
ASKED_AT_ONCE = 50
ASKED_FOR = timedelta(days=3)
ASKED_AGAIN_AFTER = timedelta(minutes=10)
# What is printed and posted takes working days, and its state changes once or twice.
LETTER_ASKED_FOR, LETTER_ASKED_AGAIN_AFTER = timedelta(days=14), timedelta(hours=6)


@dataclass(frozen=True)
class Letter:
    """One e-mail, text or letter to be sent: `template` names messages/<template>.txt, whose first line is the subject;
    `to` is a kind of settings.RECIPIENTS and an id. After `until_at` it is not sent any more. A letter by post has no
    template: settings.RECIPIENT_PAPERS says who sets it as a PDF while it is sent."""

    template: str
    to: tuple[str, int]
    authority_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    channel: str = Message.Channel.EMAIL
    until_at: datetime | None = None


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
    """Put messages to many into the outbox in one statement, in their order."""
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
        channel=letter.channel,
        until_at=letter.until_at,
    )


def withdraw(*, messages: Iterable[int]) -> list[int]:
    """Take back what has not gone yet, as the act that asked for it is stopped; the ids of what was taken back."""
    waiting = Message.objects.filter(pk__in=list(messages), state=State.WAITING)
    with transaction.atomic():
        found = list(waiting.select_for_update().values_list("pk", flat=True))
        Message.objects.filter(pk__in=found).update(state=State.STOPPED)
    return found


def fill() -> None:
    """Have those who hand over little by little (settings.FEEDERS) put what is due into the outbox. One that breaks
    keeps nobody else's message from going."""
    for path in settings.FEEDERS:
        try:
            import_string(path)(at=clock.now())
        except Exception as failure:
            log.error("nothing was handed over", exc_info=failure, extra={"about": {"feeder": path}})


def deliver() -> int:
    """Send what is due; returns how many went. What was being sent when a worker died is not sent again."""
    lost = Message.objects.filter(state=State.SENDING, due_at__lt=clock.now() - INTERRUPTED_AFTER)
    lost.update(state=State.UNSURE)
    sent = 0
    for _ in range(MOST_AT_ONCE):
        message = _take()
        if message is None:
            break
        sent += _post(message)
    return sent


@transaction.atomic
def _take() -> Message | None:
    due = Message.objects.filter(state=State.WAITING, due_at__lte=clock.now())
    message = due.select_for_update(skip_locked=True).order_by("due_at").first()
    if message:
        message.state, message.attempts, message.due_at = State.SENDING, message.attempts + 1, clock.now()
        message.save(update_fields=["state", "attempts", "due_at"])
    return message


def _post(message: Message) -> bool:
    if message.until_at and message.until_at <= clock.now():
        return _ended(message, State.LATE)
    address = _deliverable(message)
    if not address:
        return _ended(message, State.UNREACHABLE)
    if is_stopped(address):
        return _ended(message, State.STOPPED)
    parcel = _parcel(message, address)
    if parcel is None:
        return _ended(message, State.UNREACHABLE)
    way: Way = import_string(settings.POST_BY[message.channel])
    try:
        message.reference = way(parcel)
    except Refused:
        return _ended(message, State.FAILED)
    except OSError as problem:  # every failure of a mail server is one, and so is Away
        return _again(message, problem)
    return _ended(message, State.SENT)


def _deliverable(message: Message) -> str:
    """The address of the day as it is sent to; empty where there is none, or no text can go to it."""
    address = address_of(message)
    return mobile(address) if message.channel == Message.Channel.TEXT else address


def _parcel(message: Message, address: str) -> Parcel | None:
    """What goes, made at this moment; None where there is nothing to put on paper any more."""
    if message.channel == Message.Channel.LETTER:
        source = settings.RECIPIENT_PAPERS[message.recipient_kind]
        paper: bytes = import_string(source)(message.recipient_id)
        return Parcel(message.channel, address, f"letter {message.pk}", "", paper) if paper else None
    subject, _, text = _worded(message).partition("\n")
    return Parcel(message.channel, address, subject.strip(), text.strip() + "\n")


def _worded(message: Message) -> str:
    facts = {**message.facts, **facts_of(message), "base_url": settings.BASE_URL}
    return render_to_string(f"messages/{message.template}.txt", facts)


def _again(message: Message, problem: Exception) -> bool:
    log.warning("a message did not go", extra={"about": {"message": message.pk, "attempt": message.attempts}})
    if message.attempts >= ATTEMPTS:
        return _ended(message, State.FAILED)
    message.state, message.due_at = State.WAITING, clock.now() + timedelta(minutes=2**message.attempts)
    message.save(update_fields=["state", "due_at"])
    return False


def _ended(message: Message, state: str) -> bool:
    """It went, or never will. What went with a number of its own is asked after from `due_at` on."""
    sent = state == State.SENT
    message.state, message.sent_at, message.due_at = state, clock.now() if sent else None, clock.now()
    message.save(update_fields=["state", "sent_at", "due_at", "reference"])
    return sent


def follow() -> int:
    """Ask what became of what was handed over with a number (settings.ASK_AFTER), for three days, for a fortnight
    where it is a letter; how many are known now. Whoever cannot be asked is asked again at the next call."""
    if not settings.ASK_AFTER:
        return 0
    asked_of = import_string(settings.ASK_AFTER)
    known = 0
    lately = Q(sent_at__gt=clock.now() - ASKED_FOR)
    letters = Q(channel=Message.Channel.LETTER, sent_at__gt=clock.now() - LETTER_ASKED_FOR)
    under_way = Message.objects.filter(lately | letters, state=State.SENT)
    due = under_way.exclude(reference="").filter(due_at__lte=clock.now())
    for message in due.order_by("due_at", "pk")[:ASKED_AT_ONCE]:
        try:
            became = asked_of(message.reference)
        except Away:
            break
        if became:
            known += under_way.filter(pk=message.pk).update(state=became)
        else:
            is_letter = message.channel == Message.Channel.LETTER
            wait = LETTER_ASKED_AGAIN_AFTER if is_letter else ASKED_AGAIN_AFTER
            under_way.filter(pk=message.pk).update(due_at=clock.now() + wait)
    return known


def stop(*, address: str, by: User | None) -> None:
    """Send nothing more to this address or number; sign-in codes and password links still go."""
    with recorded(Kind.CONTACT_STOPPED, by=by):
        StoppedAddress.objects.get_or_create(digest=address_digest(address))
