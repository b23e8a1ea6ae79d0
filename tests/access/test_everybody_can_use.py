"""Every kind of page that somebody comes to, in a demonstration full of rows, can be used by everybody.

The long proof walks the pages of every role; what it measured on each is printed (`-s`).
"""

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
from tests.access.canary import LINK, kind_of
from tests.browser import DESK, PHONE, RULES, VIOLATIONS, axe_at_hand
from tracking.seeding.actions import Invention, invent

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.assure]

DAY = date(2026, 11, 20)
FEWEST = 200  # kinds of page; fewer, and the walk lost its way
TABS = 25
# What has the focus and does not show it with the colours of the machine, or stands out of sight; "over" at the end.
FOCUS_HIDDEN = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return "over"
  const label = one.labels && one.labels[0]
  const drawn = (style) => style.outlineStyle !== "none" || style.boxShadow !== "none"
  const seen = drawn(getComputedStyle(one)) || label && drawn(getComputedStyle(label, "::before"))
  if (!seen) return one.outerHTML.slice(0, 120)
  const at = one.getBoundingClientRect()
  return at.bottom > 0 && at.top < innerHeight ? "" : "off the screen: " + one.outerHTML.slice(0, 120)
}"""
# What still moves for whoever asked for less motion.
MOVES = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one)
  const lasting = style.transitionDuration.split(",").some((each) => parseFloat(each) > 0.01)
  const named = style.animationName !== "none" && parseFloat(style.animationDuration) > 0.01
  return lasting || named
}).slice(0, 1).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def accounts(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[User]]:
    """The demonstration and who signs in to it."""
    folder = tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("DJANGO_NOW", f"{DAY}T10:00")
        with override_settings(MEDIA_ROOT=folder, DEMO=True):
            invent(Invention(size="small", seed=1, on=DAY, open_doors=True))
            yield list(demonstration_accounts())
        transaction.set_rollback(True)


def pages_of(page: Page, seen: set[Any]) -> Iterator[str]:
    """One page of each kind this person comes to by links, without those seen already."""
    waiting, mine = ["/"], set[Any]()
    while waiting:
        url = waiting.pop(0)
        kind = kind_of(url)
        if kind is None or kind in mine:
            continue
        mine.add(kind)
        answer = page.request.get(url, max_redirects=0)
        waiting += links(url, answer)
        if answer.status == HTTPStatus.OK and is_page(answer) and kind[0] not in seen:
            seen.add(kind[0])
            yield url


def is_page(answer: APIResponse) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


def links(url: str, answer: APIResponse) -> list[str]:
    found = [answer.headers["location"]] if "location" in answer.headers else []
    if is_page(answer):
        found += [unescape(link.decode()) for link in LINK.findall(answer.body())]
    return [urljoin(url, each) for each in found]


def barriers(page: Page) -> Iterator[str]:
    """What stands in somebody's way on this page: at desk width, on a small telephone or enlarged to 400%, with less
    motion asked for, and by keyboard with the colours of the machine."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        axe_at_hand(page)
        yield from page.evaluate(VIOLATIONS, [{"include": [["html"]]}, RULES])
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > PHONE["width"]:
        yield f"scrolls sideways at 320 pixels: {wide}"
    page.set_viewport_size(DESK)
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    yield from (f"moves: {each}" for each in page.evaluate(MOVES))
    yield from hidden_focus(page)
    page.emulate_media(reduced_motion="null", forced_colors="null")


def hidden_focus(page: Page) -> Iterator[str]:
    """Where the keyboard leads and nobody can see that it does."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        hidden = page.evaluate(FOCUS_HIDDEN)
        if hidden == "over":
            return
        if hidden:
            yield f"focus cannot be seen: {hidden}"


def test_no_page_of_any_role_stands_in_anybodys_way(
    accounts: list[User], browse: Callable[[User], Page], settings: Any
) -> None:
    settings.DEMO = True
    seen, found = set[Any](), []
    for user in accounts:
        page = browse(user)
        for url in pages_of(page, seen):
            page.goto(url)
            here = [f"{url}: {barrier}" for barrier in barriers(page)]
            found += here
            print(len(seen), user.name, url, *here, sep="\n  ", flush=True)

    assert len(seen) >= FEWEST
    assert not found, "\n".join(found)
