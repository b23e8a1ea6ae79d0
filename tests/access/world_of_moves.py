"""A council's moves: one to a council elsewhere, one to be accepted here, one asked for elsewhere; and an agreement."""

from typing import Any

from schools.models import Authority
from tests.factories import make_authority, make_person
from tests.tracking.moves.made import make_agreement, make_move
from tracking.register.models import Task


def build_moves(authority: Authority) -> dict[str, Any]:
    """One of each, by what an address names."""
    other = make_authority()
    away = make_move(make_person(authority), to_la="330")
    return {
        "move": away.pk,
        "move_in": make_move(make_person(other), to_authority=authority, to_la=authority.code).pk,
        "move_asked": make_move(
            None,
            new_person=make_person(authority),
            from_la="330",
            to_authority=authority,
            to_la=authority.code,
            is_asked_for=True,
            state="asked",
        ).pk,
        "move_task": Task.objects.create(
            authority=authority, kind="move_late", words="A move waits", cause=f"move {away.pk}"
        ).pk,
        "council_agreement": make_agreement(other, authority).pk,
    }
