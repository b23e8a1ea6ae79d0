"""What keeping puts on other pages: a hold on a record, and what waits for whoever answers for data protection."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from tracking.retention.models import ErasureRun, LegalHold
from tracking.retention.queries import clock_of, hold_on, runs_of, waiting_breaches


@dataclass(frozen=True)
class KeepingPanel:
    """Whether a record is on legal hold."""

    hold: LegalHold | None
    template: str = "tracking/retention/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> KeepingPanel | None:
    """For those who erase; one statement."""
    if not scope_of(user).can(Permission.ERASE):
        return None
    return KeepingPanel(hold_on(person_id, on))


@dataclass(frozen=True)
class WaitingPanel:
    """Lists that wait for release, breaches whose hours run."""

    tiles: tuple[Tile, ...]
    template: str = "tracking/retention/home_panel.html"


def home_panel(user: User, on: date) -> WaitingPanel | None:
    """For whoever erases or keeps the log of breaches, while something waits; two statements."""
    scope = scope_of(user)
    if not (scope.can(Permission.ERASE) or scope.can(Permission.AUDIT_READ)):
        return None
    tiles = []
    if waiting := runs_of(user).filter(state=ErasureRun.State.PROPOSED).count():
        tiles.append(Tile(waiting, "to release for erasing", reverse("retention"), "attention"))
    if found := waiting_breaches(user):
        hours = clock_of(found[0], clock.now()).hours_left
        left = f"{hours} of 72 hours left" if hours >= 0 else "72 hours are over"
        tone = "attention" if hours >= 24 else "bad"
        tiles.append(Tile(len(found), f"to decide about a breach, {left}", reverse("breaches"), tone))
    return WaitingPanel(tuple(tiles)) if tiles else None
