"""What the council's pages of returns have in common: whose they are, and the way between them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import collections_of, received_by
from returns.intake.views.tabs import tabs
from schools.models import Authority


def collection_of(request: HttpRequest, pk: int) -> Collection:
    """One of theirs, or there is nothing here."""
    return get_object_or_404(collections_of(request.user).select_related("authority", "made_by"), pk=pk)


def expected_here(request: HttpRequest, ref: UUID) -> ExpectedReturn:
    """One expected return of theirs, or there is nothing here."""
    found = received_by(request.user).select_related("collection__authority", "establishment", "nil_by")
    return get_object_or_404(found, ref=ref)


def authority_of(request: HttpRequest) -> Authority:
    """The council whose pages these are."""
    return Authority.objects.get(pk=request.authority_id)


def about(request: HttpRequest, here: str, **more: Any) -> dict[str, Any]:
    return {"tabs": tabs(here), **more}
