"""The ways a message leaves the house: a mail server, GOV.UK Notify, or a file under var/ that goes to nobody.

Which one is used for e-mails, texts and letters is said in settings.POST_BY.
"""

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from neet import clock
from neet.messages.models import Message

log = logging.getLogger(__name__)

TIMEOUT = 10
BUSY, TOO_MANY, NO_LEAVE = 500, 429, {401, 403}
State = Message.State
# What Notify says in the end; anything else means that it is still under way.
ENDED = {
    "delivered": State.DELIVERED,
    "permanent-failure": State.RETURNED,
    "temporary-failure": State.NOT_TAKEN,
    "technical-failure": State.NOT_TAKEN,
}
# The same of letters: "received" is what the printer says once a letter is in the post; nobody hears more.
LETTER_ENDED = {
    "received": State.DELIVERED,
    "cancelled": State.NOT_TAKEN,
    "validation-failed": State.NOT_TAKEN,
    "virus-scan-failed": State.NOT_TAKEN,
    "permanent-failure": State.NOT_TAKEN,
    "technical-failure": State.NOT_TAKEN,
}
POSTAGE = "second"


@dataclass(frozen=True)
class Parcel:
    """One message ready to go; a letter by post is a PDF, and its subject our own number for it."""

    channel: str
    to: str
    subject: str
    text: str
    paper: bytes = b""


class Away(OSError):
    """Nobody takes messages just now: to be tried again."""


class Refused(Exception):
    """This message is not taken, however often it is tried."""


Way = Callable[[Parcel], str]


def by_mail(parcel: Parcel) -> str:
    """An e-mail by Django's own mail server or file; it gives no number to ask after."""
    EmailMessage(parcel.subject, parcel.text, to=[parcel.to]).send()
    return ""


def into_a_file(parcel: Parcel) -> str:
    """What would be sent, as a file only this account reads: for installations without Notify and demonstrations."""
    if parcel.channel == Message.Channel.LETTER:
        return _kept(Path(settings.LETTER_FILE_PATH), "pdf", parcel.paper)
    return _kept(Path(settings.TEXT_FILE_PATH), "txt", f"To: {parcel.to}\n\n{parcel.text}".encode())


def _kept(folder: Path, ending: str, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.{ending}"
    with os.fdopen(os.open(folder / name, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    return ""


def by_notify(parcel: Parcel) -> str:
    """Hand it to GOV.UK Notify, whose templates hold no words but ((body)), and ((subject)) for e-mails; letters go as
    the PDF they are, second class. Gives Notify's number, by which its delivery is asked after. Raises Away, Refused.
    """
    try:
        if parcel.channel == Message.Channel.LETTER:
            said = _notify().send_precompiled_letter_notification(
                parcel.subject, BytesIO(parcel.paper), postage=POSTAGE
            )
        elif parcel.channel == Message.Channel.TEXT:
            said = _notify().send_sms_notification(
                parcel.to, settings.NOTIFY_TEXT_TEMPLATE, {"body": parcel.text}
            )
        else:
            words = {"subject": parcel.subject, "body": parcel.text}
            said = _notify().send_email_notification(parcel.to, settings.NOTIFY_EMAIL_TEMPLATE, words)
    except APIError as problem:
        raise _told(problem) from None
    return str(said["id"])


def asked_of_notify(reference: str) -> str:
    """What became of a message: a state of the outbox, or nothing while it is under way. Raises Away."""
    try:
        said: dict[str, Any] = _notify().get_notification_by_id(reference)
    except APIError as problem:
        raise Away(f"Notify answered {problem.status_code}") from None
    ended = LETTER_ENDED if said.get("type") == Message.Channel.LETTER else ENDED
    return ended.get(said["status"], "")


def _told(problem: APIError) -> Exception:
    """Whether to try again. A key that Notify does not take is somebody's to mend, and no message's fault."""
    status = problem.status_code
    if status in NO_LEAVE:
        log.error("Notify does not take our key", extra={"about": {"status": status}})
    if status >= BUSY or status == TOO_MANY or status in NO_LEAVE:
        return Away(f"Notify answered {status}")
    return Refused(f"Notify answered {status}")


def _notify() -> NotificationsAPIClient:
    client = NotificationsAPIClient(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=TIMEOUT)
    client.request_session.max_redirects = 0  # nobody leads a message and our key to another address
    return client
