"""What these pages share: a move one may know of, and a refusal in words."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tracking.moves.models import Move
from tracking.moves.queries.seen import moves_seen_by
from tracking.register.forms.editing import RecordForm
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight


def move_of(request: HttpRequest, pk: int) -> Move:
    """One they may know of, or there is nothing here."""
    rows = moves_seen_by(request.user).select_related(
        "person", "new_person", "from_authority", "to_authority"
    )
    return get_object_or_404(rows, pk=pk)


def tried(request: HttpRequest, act: Callable[[], object], done: str, form: RecordForm | None = None) -> bool:
    """Whether it was done; a refusal stands on the form, or above the next page."""
    try:
        act()
    except NotRight as refused:
        if form:
            form.take(refused)
        else:
            messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, done)
    return True
