"""What every test may ask for: signing in, the serving role, counted statements; what every test gets."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.client import Client as PlainClient
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from neet.accounts.models import User
from tests.factories import sign_in

HERE = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """`signed_in(user)`: a client signed in as somebody, second factor given."""
    return lambda user: sign_in(Client(), user)


@pytest.fixture
def as_app(db: None) -> Iterator[None]:
    """The rest of the test has only the rights of the serving role; what was asked before it is prepared."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE neet_app")
    yield
    connection.needs_rollback = False
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture
def assert_statements(db: None) -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with assert_statements(8): ...` fails, with the statements, when the block needs more than that."""

    @contextmanager
    def at_most(limit: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as counted:
            yield counted
        said = "\n".join(f"{number}. {(each['sql'] or '')[:300]}" for number, each in enumerate(counted, 1))
        assert len(counted) <= limit, f"{len(counted)} statements where {limit} are allowed:\n{said}"

    return at_most


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in HERE:
            raise AssertionError(f"a test reached for the network: {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True)
def whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page any test asks for is rendered to the end and obeys the content policy."""
    request = PlainClient.request

    def looked_at(self: PlainClient, **asked: Any) -> Any:
        response = request(self, **asked)
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            look_at(response.content.decode())
        return response

    monkeypatch.setattr(PlainClient, "request", looked_at)


def look_at(html: str) -> None:
    """No template marks left over, nothing inline that the content policy would refuse."""
    for mark in ("{{", "{%", "{#"):
        assert mark not in html or mark not in strip_tags(html), f"the page shows {mark!r}"
    for inline in (" onclick=", " onchange=", " onsubmit=", " style=", "<style", "javascript:"):
        assert inline not in html, f"the page holds {inline.strip()!r}, which the content policy refuses"
