"""Asking the site, and telling answers apart."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

# Of these alone two answers to the same question may differ.
OF_THE_MOMENT = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
HEADERS_OF_THE_MOMENT = {"X-Request-ID", "Set-Cookie"}
POLICY = {
    "default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "object-src": "'none'",
    "base-uri": "'none'", "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip


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


def unsafe_headers(headers: Mapping[str, str], *, signed_in: bool) -> list[str]:
    """Which headers are not as they must be on any answer: what may run, who may frame it, who keeps or reads it."""
    policy = dict(
        each.strip().split(" ", 1) for each in headers.get("Content-Security-Policy", "x y").split(";")
    )
    kind = headers.get("Content-Type", "text/")
    right = {
        "Content-Security-Policy": POLICY.items() <= policy.items() and "unsafe" not in str(policy),
        "X-Content-Type-Options": headers.get("X-Content-Type-Options") == "nosniff",
        "X-Frame-Options": headers.get("X-Frame-Options") == "DENY",
        "Referrer-Policy": headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
        "Access-Control-Allow-Origin": "Access-Control-Allow-Origin" not in headers,
        "Cache-Control": not signed_in or "no-store" in headers.get("Cache-Control", ""),
        "Content-Type": "charset" in kind
        or not kind.startswith("text/")
        or headers.get("Content-Length") == "0",
    }
    return [name for name, is_right in right.items() if not is_right]
