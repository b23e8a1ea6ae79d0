"""What somebody finds in their mailbox: the outbox is emptied first, as the timer does."""

import re

from django.core import mail

from neet.messages.actions import deliver


def newest(address: str) -> str:
    """The text of the last message to this address."""
    deliver()
    return next(each.body for each in reversed(mail.outbox) if each.to == [address])


def link_in_newest(address: str) -> str:
    """The address of the first link in it."""
    return re.search(r"https?://\S+", newest(address))[0]


def code_in_newest(address: str) -> str:
    """The six digits in it."""
    return re.search(r"\b\d{6}\b", newest(address))[0]


def invitation_token(address: str) -> str:
    """The secret of the link in the newest invitation."""
    return link_in_newest(address).rstrip("/").rpartition("/")[2]
