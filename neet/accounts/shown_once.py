"""Secrets shown once: kept for the page that follows a form, so that going back or reloading makes no other."""

import json
from typing import Any

from django.http import HttpRequest

from neet.accounts.secrets import decrypted, encrypted


def keep_to_show(request: HttpRequest, name: str, value: Any) -> None:
    """Keep what the next page of this browser shows, unreadable in the database; `value` is of plain JSON."""
    request.session[_key(name)] = encrypted(json.dumps(value))


def to_show(request: HttpRequest, name: str) -> Any:
    """What was kept for this page, which nobody gets again; None where nothing was."""
    kept = request.session.pop(_key(name), None)
    return None if kept is None else json.loads(decrypted(kept))


def _key(name: str) -> str:
    return f"shown_once {name}"
