"""What the council's first pages say of returns: what waits for them, and whose young people wait for a return."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from returns.board import queries
from returns.board.queries import Waiting

MOST = 6
TILES = (
    (queries.NEEDS_US, "waiting for us", "attention"),
    (queries.LATE, "late", "bad"),
    (queries.NOT_ANSWERED, "not answered", ""),
    (queries.ANSWERED, "answered", "good"),
)


@dataclass(frozen=True)
class ReturnsPanel:
    """How the returns that are asked for stand."""

    tiles: tuple[Tile, ...]
    waiting: tuple[Waiting, ...]
    not_answered: int
    template: str = "returns/board/home_panel.html"

    @property
    def is_cut(self) -> bool:
        return self.not_answered > len(self.waiting)


def returns_panel(user: User, on: date) -> ReturnsPanel | None:
    """For those who receive returns, while anything is asked for; two statements."""
    if not scope_of(user).can(Permission.RETURN_RECEIVE):
        return None
    counts = queries.counted_everywhere(user, on)
    if not counts["all"]:
        return None
    board = reverse("returns_board")
    tiles = tuple(
        Tile(counts[slug], words, f"{board}?standing={slug}", tone if counts[slug] else "")
        for slug, words, tone in TILES
    )
    waiting = tuple(queries.waiting(user, on, MOST)) if counts[queries.NOT_ANSWERED] else ()
    return ReturnsPanel(tiles, waiting, counts[queries.NOT_ANSWERED])
