"""What the figures put on a manager's first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.figures.queries.scorecard import Part, now_by_district
from tracking.rules.rates import Counts


@dataclass(frozen=True)
class FiguresPanel:
    """How the council stands, in numbers, for those who lead; the same figures as on their own page."""

    counts: Counts
    parts: Sequence[Part]
    template: str = "tracking/figures/home_panel.html"


def figures_panel(user: User, on: date) -> FiguresPanel | None:
    """For managers: figures without names; restricted records are counted. Five statements, more
    where something happened since the last reading."""
    places = scope_of(user).where(Permission.FIGURES_READ)
    held_at = sorted(
        {place.authority_id for place in places if place.role == "manager" and place.authority_id}
    )
    return FiguresPanel(*now_by_district(held_at[0], on)) if held_at else None
