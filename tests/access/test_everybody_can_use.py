"""Every kind of page that somebody comes to, in a demonstration full of rows, can be used by everybody.

The long proof walks the pages of each role and notes what it saw of each in neet/ui/looked_at.csv, from which the
accessibility statement is made. Stopped, it goes on where it was: a page found clear today is not looked at again.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import override_settings
from playwright.sync_api import APIResponse, Page

from neet.accounts.models import User
from neet.accounts.queries import demonstration_accounts
from neet.accounts.roles import ROLES
from neet.accounts.scope import scope_of
from tests.access.barriers import look, looked_at_today, seen_as
from tests.access.canary import LINK, kind_of
from tracking.seeding.actions import Invention, invent

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.assure]

DAY = date(2026, 11, 20)
WAYS_OF_ASKING = 3  # one address with different questions behind it
FEWEST = 4  # kinds of page for any role; fewer, and the walk lost its way


@pytest.fixture(scope="module")
def accounts(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, User]]:
    """The demonstration and who signs in to it, one in each role."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("DJANGO_NOW", f"{DAY}T10:00")
        with override_settings(MEDIA_ROOT=folder, DEMO=True):
            invent(Invention(size="small", seed=1, on=DAY, open_doors=True))
            yield {role: user for user in demonstration_accounts() for role in scope_of(user).roles}
        transaction.set_rollback(True)


def pages_of(page: Page) -> Iterator[tuple[str, str]]:
    """One page of each kind this person comes to by links, with its place in the table of addresses."""
    waiting, mine, asked = ["/"], set[Any](), Counter[str]()
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if kind is None or kind in mine or asked[kind[0]] >= WAYS_OF_ASKING:
            continue
        mine.add(kind)
        asked[kind[0]] += 1
        answer = page.request.get(url, max_redirects=0)
        waiting += links(url, answer)
        if answer.status == HTTPStatus.OK and is_page(answer):
            yield url, kind[0]


def is_page(answer: APIResponse) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


def links(url: str, answer: APIResponse) -> list[str]:
    found = [answer.headers["location"]] if "location" in answer.headers else []
    if is_page(answer):
        found += [unescape(link.decode()) for link in LINK.findall(answer.body())]
    return [urljoin(url, each) for each in found]


@pytest.mark.parametrize("role", ["public", *ROLES])
def test_no_page_of_a_role_stands_in_anybodys_way(
    role: str, accounts: dict[str, User], page: Page, browse: Callable[[User], Page], settings: Any
) -> None:
    settings.DEMO = True
    if role in accounts:
        browse(accounts[role])
    elif role != "public":
        pytest.skip("nobody in the demonstration has this role")
    clear, came_to, found = looked_at_today(), set[str](), []
    for url, route in pages_of(page):
        came_to.add(route)
        if (route, seen_as(role)) not in clear:
            clear.add((route, seen_as(role)))
            looked = look(page, url, route, role)
            found += [f"{url}: {looked.barriers}"] if looked.barriers else []

    assert len(came_to) >= FEWEST
    assert not found, "\n".join(found)
