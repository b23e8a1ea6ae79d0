"""A chain of digests over what was done: change, remove or add one link and every later digest is wrong."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

BEGINNING = bytes(32)
WIDTH = 32


def said(event: dict[str, Any]) -> bytes:
    """An event as the bytes that are chained: every column by name, moments in UTC to the microsecond."""
    plain = {name: _plain(value) for name, value in event.items()}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def after(previous: bytes, link: bytes) -> bytes:
    """The digest after one more link."""
    return hashlib.sha256(previous + link).digest()


def chained(previous: bytes, links: Iterable[bytes]) -> Iterator[bytes]:
    """The digest after each link in turn."""
    for link in links:
        previous = after(previous, link)
        yield previous


def split(digests: bytes) -> list[bytes]:
    """The digests of a seal, one for each of its events."""
    return [digests[at : at + WIDTH] for at in range(0, len(digests), WIDTH)]
