"""Whatever the walk by links does not come to: every other address of the house, opened by somebody it lets in.

Long; goes on where it was, and notes what it saw beside what the walk saw.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import Page

from neet.accounts.models import User
from neet.accounts.roles import ROLES
from neet.ui.statement import looked_at
from tests.access.addresses import Address, addresses, named
from tests.access.barriers import look, today
from tests.access.test_everybody_can_use import is_page
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.assure]


def left_over(role: str) -> Iterator[Address]:
    """Addresses this role is the first to open, but for those looked at today."""
    seen = {each.page for each in looked_at() if each.on == today() and not each.barriers}
    for each in addresses():
        if each.is_named and each.access and not each.is_api and each.route not in seen:
            first = "public" if each.access.anyone else next((r for r in ROLES if each.lets_in(r, "GET")), "")
            if first == role:
                yield each


@pytest.mark.parametrize("role", ["public", *ROLES])
def test_no_other_page_of_a_role_stands_in_anybodys_way(
    role: str, world: World, page: Page, browse: Callable[[User], Page]
) -> None:
    who = world.people["tracking_officer" if role == "public" else role]
    if role != "public":
        browse(who.user)
    found = []
    for address in left_over(role):
        url = address.url(named(address, world, who).own)
        answer = page.request.get(url, max_redirects=0)
        if answer.status == HTTPStatus.OK and is_page(answer):
            looked = look(page, url, address.route, role)
            found += [f"{url}: {looked.barriers}"] if looked.barriers else []

    assert not found, "\n".join(found)
