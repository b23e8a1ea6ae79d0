"""Where a message goes, looked up at the moment it is sent."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from neet.accounts.models import User
from neet.accounts.secrets import digest
from neet.messages.models import Message, StoppedAddress
from neet.messages.rules import mobile


def address_of_user(user_id: int) -> str:
    """The e-mail address of an open account; empty where it is closed."""
    return User.objects.filter(pk=user_id, is_active=True).values_list("email", flat=True).first() or ""


def address_of(message: Message) -> str:
    """The recipient's address today, asked of whoever keeps it (settings.RECIPIENTS); empty where there is none."""
    return import_string(settings.RECIPIENTS[message.recipient_kind])(message.recipient_id)


def facts_of(message: Message) -> dict[str, Any]:
    """What is said to this recipient and kept in no row, asked of whoever keeps them (settings.RECIPIENT_FACTS)."""
    source = settings.RECIPIENT_FACTS.get(message.recipient_kind)
    return import_string(source)(message.recipient_id) if source else {}


def address_digest(address: str) -> str:
    """What the stop list keeps of an address or a number, however it is written."""
    return digest(mobile(address) or address.strip().lower(), about="address")


def is_stopped(address: str) -> bool:
    return bool(stopped([address]))


def stopped(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses and numbers that want nothing from us; one statement."""
    digests = {each: address_digest(each) for each in addresses}
    found = set(StoppedAddress.objects.filter(digest__in=digests.values()).values_list("digest", flat=True))
    return {each for each, digested in digests.items() if digested in found}
