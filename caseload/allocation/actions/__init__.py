"""Everything done to the month's cases: opening, allocating, deciding, assigning, closing, the turn of a day."""

from caseload.allocation.actions.deciding import assign, decide
from caseload.allocation.actions.months import (
    add_late,
    allocate,
    close_month,
    move_stage,
    open_month,
    take_back_opening,
)
from caseload.allocation.actions.nightly import hand_back, offers_of_the_day, warn
from caseload.allocation.actions.settings import set_up

__all__ = [
    "add_late",
    "allocate",
    "assign",
    "close_month",
    "decide",
    "hand_back",
    "move_stage",
    "offers_of_the_day",
    "open_month",
    "set_up",
    "take_back_opening",
    "warn",
]
