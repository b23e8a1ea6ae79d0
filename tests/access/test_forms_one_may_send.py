"""Nobody is shown a form, filled in with care, whose sending is then answered with "Page not found"."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from neet.accounts.access import access_of
from neet.accounts.roles import ROLES
from tests.access.addresses import Address, addresses, named
from tests.access.asking import body_of
from tests.access.sending import forms_of
from tests.access.world import World

pytestmark = pytest.mark.django_db
OPENED = [each for each in addresses() if each.is_named and each.access and not each.access.anyone]


def those_asked() -> Iterator[Any]:
    """Where changing asks for more than reading, each time; everything else in the long proof."""
    for address in OPENED:
        if not (address.is_api or address.is_table):
            marks = () if address.access.to_post else pytest.mark.assure
            yield pytest.param(address, id=address.name, marks=marks)


@pytest.mark.parametrize("address", list(those_asked()))
def test_what_is_shown_to_fill_in_may_be_sent(address: Address, world: World) -> None:
    wrong = []
    for role, who in world.people.items():
        if not address.lets_in(role, "GET"):
            continue
        url = address.url(named(address, world, who).own)
        answer = who.client.get(url)
        if answer.streaming:  # a file holds no form, and is closed once it is read
            body_of(answer)
            continue
        wrong += [
            f"{role} {url}: {form.url}" for form in forms_of(answer, url) if not may_send(role, form.url)
        ]

    assert not wrong, "\n".join(wrong)


def may_send(role: str, url: str) -> bool:
    """Does the address let this role in to change something?"""
    access = access_of(resolve(urlsplit(url).path).func)
    return bool(access) and set(access.asked_by("POST")) <= set(ROLES[role].permissions)
