"""What the figures put on a manager's first page."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.figures.queries.scorecard import now_together
from tracking.rules.rates import Counts
from tracking.rules.released import Line, council_may_be_shown


@dataclass(frozen=True)
class FiguresPanel:
    """How the whole council stands, in numbers, for those who lead; no counts where they say something of few."""

    people: int
    counts: Counts | None
    template: str = "tracking/figures/home_panel.html"


def figures_panel(user: User, on: date) -> FiguresPanel | None:
    """For managers: the council's own figures without names or parts; restricted records are counted. Two statements,
    more where something happened since the last reading."""
    places = scope_of(user).where(Permission.FIGURES_READ)
    held_at = sorted(
        {place.authority_id for place in places if place.role == "manager" and place.authority_id}
    )
    if not held_at:
        return None
    found = now_together(held_at[0], on)
    line = Line("", "", int(found.cohort), int(found.neet), int(found.not_known))
    return FiguresPanel(int(found.people), found if council_may_be_shown(line) else None)
