"""What the council's pages of returns have in common: whose they are, and the way between them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from neet.ui.parts import Link
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import collections_of, received_by

TABS = (
    ("Who has sent", "returns_board"),
    ("Who is who", "matches"),
    ("What we ask for", "collections"),
    ("Bring in a return", "bring_return"),
    ("Letters", "letters"),
)


def tabs(here: str) -> list[Link]:
    """The pages beside each other; one whose address does not exist is left out."""
    found = ((words, name, address(name)) for words, name in TABS)
    return [Link(words, url, current=name == here) for words, name, url in found if url]


def address(name: str) -> str:
    """Where a page is; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def collection_of(request: HttpRequest, pk: int) -> Collection:
    """One of theirs, or there is nothing here."""
    return get_object_or_404(collections_of(request.user).select_related("authority", "made_by"), pk=pk)


def expected_here(request: HttpRequest, ref: UUID) -> ExpectedReturn:
    """One expected return of theirs, or there is nothing here."""
    found = received_by(request.user).select_related("collection__authority", "establishment", "nil_by")
    return get_object_or_404(found, ref=ref)


def about(request: HttpRequest, here: str, **more: Any) -> dict[str, Any]:
    return {"tabs": tabs(here), **more}
