"""Browser tests: Chromium against the real site; nothing else is reachable, a page's faults fail the test."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from neet.accounts.models import User
from tests.factories import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# Not loaded before: style sheets once more (no rule of these reads them) and sound and film (there is none).
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
VIOLATIONS = """
    ([where, rules]) => axe.run(where, rules)
        .then((found) => found.violations.map((each) => `${each.id}: ${each.nodes[0].html}`))
"""
LEFT_MEANWHILE = 3
# What a page will do within seconds to learn how far something is, at hand for `ask_now`.
ASKS_LATER = """
    const later = window.setTimeout;
    window.setTimeout = (what, wait, ...rest) => {
        if (wait >= 3_000 && wait <= 10_000) window.asksLater = what;
        return later(what, wait, ...rest);
    };
"""
# What is waited for comes when it comes: a machine with much else to do must not fail a journey.
PATIENCE = 60_000
SEALED = [
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


class OneAtATime(ThreadedWSGIServer):
    """Serves with the connection of the test: the page sees the test's own transaction, no table is emptied
    afterwards. One request at a time works in it; idle connections of the browser wait elsewhere."""

    daemon_threads = True
    working = threading.Lock()
    is_over = False

    def _close_connections(self) -> None:
        """The connection belongs to the test."""


@pytest.fixture
def site(db: None) -> Iterator[str]:
    """The address of the running site, in the transaction of this test."""
    shared = {each.alias: each for each in connections.all()}
    for connection in shared.values():
        connection.inc_thread_sharing()
    # Django closes connections around each request; this one is the test's own (its test client does the same).
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    server = OneAtATime(("127.0.0.1", 0), QuietWSGIRequestHandler, connections_override=shared)
    answer = StaticFilesHandler(WSGIHandler())

    def in_turn(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        with server.working:
            if server.is_over:  # the page asked once more while the test was ending
                raise ConnectionAbortedError
            said = answer(environ, start)
            try:  # what is made while it is sent is made here, in its turn
                return iter([b"".join(said)])
            finally:
                said.close()

    server.set_app(in_turn)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"  # passkeys are bound to a name, never to a number
    server.shutdown()
    thread.join()
    with server.working:
        server.is_over = True
        server.server_close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    for connection in shared.values():
        connection.dec_thread_sharing()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed on this machine (apt-get install chromium)")
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    # Playwright runs a loop in this thread; Django must not take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SEALED, *as_root])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh browser at desk width; script errors, refused content and foreign addresses fail the test."""
    context = browser.new_context(base_url=site, viewport=DESK, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    context.add_init_script(ASKS_LATER)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    context.on(
        "response", lambda said: faults.append(f"{said.status} {said.url}") if said.status >= 500 else None
    )
    context.on("request", lambda asked: faults.append(asked.url) if _is_foreign(asked.url, site) else None)
    yield context.new_page()
    context.close()
    assert not faults, faults


def _is_fault(said: Any) -> bool:
    """The browser's own word for an answer that is not 2xx is left to the test that asked for it."""
    return said.type == "error" and "Failed to load resource" not in said.text


def _is_foreign(url: str, site: str) -> bool:
    return not url.startswith((site, "data:", "blob:", "about:"))


@pytest.fixture
def browse(page: Page, site: str) -> Callable[[User], Page]:
    """`browse(user)`: the page, signed in as somebody with the second factor given."""

    def signed_in_as(user: User) -> Page:
        cookie = sign_in(Client(), user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        return page

    return signed_in_as


def assert_accessible(page: Page, but: str = "") -> None:
    """No violation of WCAG 2.2 A and AA that axe can find, at desk width and on a small telephone.

    `but` is a piece of the page that another package draws. A page that is on its way elsewhere is waited for.
    """
    for _ in range(LEFT_MEANWHILE):
        try:
            return look_for_barriers(page, but)
        except Error as problem:  # the page was left while it was read
            page.wait_for_load_state("load")
            left = problem
    raise left


def axe_at_hand(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)


def look_for_barriers(page: Page, but: str) -> None:
    axe_at_hand(page)
    where = {"exclude": [[but]]} if but else {"include": [["html"]]}
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found = page.evaluate(VIOLATIONS, [where, RULES])
        assert not found, found
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"], f"the page scrolls sideways at 320 pixels: {wide}"
    page.set_viewport_size(DESK)


def ask_now(page: Page) -> None:
    """The page asks how far something is, as it does by itself every few seconds: no journey stands still for it."""
    with suppress(Error):  # it has just asked, and is on its way
        page.evaluate("window.asksLater?.()")


def visible_words(page: Page) -> str:
    """What somebody reads on the page, white space as one space."""
    return re.sub(r"\s+", " ", page.inner_text("body")).strip()
