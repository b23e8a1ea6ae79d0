"""What the tables for everybody put on the first page of those who see figures and no records."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.released.queries import Month, Table, month_of, with_tables

FIRST = "district"


@dataclass(frozen=True)
class ReleasedPanel:
    """The newest month by district, as everybody is shown it."""

    found: Month
    table: Table
    template: str = "tracking/released/home_panel.html"


def home_panel(user: User, on: date) -> ReleasedPanel | None:
    """For those who may see figures and not cut them. Three statements."""
    places = scope_of(user).where(Permission.FIGURES_READ)
    held_at = sorted(
        {
            place.authority_id
            for place in places
            if place.authority_id and not place.can(Permission.FIGURES_EXPLORE)
        }
    )
    freeze = with_tables(held_at[0]).first() if held_at else None
    if freeze is None:
        return None
    found = month_of(freeze)
    table = next((each for each in found.tables if each.slug == FIRST), None)
    return ReleasedPanel(found, table) if table else None
