"""What moves put on other pages: those of a record, each in its history, and what waits on the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from tracking.moves.models import MoveTurn
from tracking.moves.queries.seen import LATE, TO_ANSWER, moves_seen_by, tallies
from tracking.moves.queries.shown import MoveLine, move_lines
from tracking.register.queries.timeline import Happening

MOST, MOST_ON_RECORD = 50, 4


@dataclass(frozen=True)
class MovesPanel:
    """The moves of somebody, the newest first."""

    lines: tuple[MoveLine, ...]
    template: str = "tracking/moves/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> MovesPanel | None:
    """For those who hand young people over; one statement."""
    if not scope_of(user).can(Permission.TRANSFER):
        return None
    of_them = moves_seen_by(user).filter(Q(person=person_id) | Q(new_person=person_id))
    lines = move_lines(of_them.order_by("-asked_at", "-pk")[:MOST_ON_RECORD], user, on)
    return MovesPanel(lines) if lines else None


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each turn of each move, for those who hand young people over; one statement."""
    if not scope_of(user).can(Permission.TRANSFER):
        return
    mine = moves_seen_by(user).filter(Q(person=person_id) | Q(new_person=person_id)).values("pk")
    turns = MoveTurn.objects.filter(move__in=mine).select_related("by", "move").order_by("-at", "-pk")
    for each in turns[:MOST]:
        title = f"Move to another council: {each.get_deed_display().lower()}"
        yield Happening(title, each.at, each.by.name if each.by else "", each.words)


@dataclass(frozen=True)
class WaitingPanel:
    """Moves that wait for us, and those that have waited for too long."""

    tiles: tuple[Tile, ...]
    template: str = "tracking/moves/home_panel.html"


def home_panel(user: User, on: date) -> WaitingPanel | None:
    """For those who hand young people over, while a move is open; one statement."""
    if not scope_of(user).can(Permission.TRANSFER):
        return None
    found, url = tallies(user, on), reverse("moves")
    tiles = (
        Tile(sum(each.ours for each in found), "wait for us", f"{url}?state={TO_ANSWER}", "attention"),
        Tile(sum(each.late for each in found), "late", f"{url}?state={LATE}", "bad"),
        Tile(sum(each.number for each in found), "open in all", url),
    )
    return WaitingPanel(tiles) if found else None
