"""Asking the site, and telling answers apart."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

# Of these alone two answers to the same question may differ.
OF_THE_MOMENT = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
HEADERS_OF_THE_MOMENT = {"X-Request-ID", "Set-Cookie"}


def body_of(answer: HttpResponse) -> bytes:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return OF_THE_MOMENT.sub(b"", content)


def as_seen(answer: HttpResponse) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that somebody outside could tell this answer from another by."""
    headers = tuple(
        sorted((name, value) for name, value in answer.items() if name not in HEADERS_OF_THE_MOMENT)
    )
    return answer.status_code, body_of(answer), headers


@contextmanager
def taken_back(client: Client) -> Iterator[None]:
    """Whatever is asked inside leaves no trace in the world, nor in the browser."""
    kept = client.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = kept


def ask(client: Client, method: str, url: str, data: Any = None) -> HttpResponse:
    if method == "POST":
        return client.post(url, data or {})
    return client.generic(method, url)
