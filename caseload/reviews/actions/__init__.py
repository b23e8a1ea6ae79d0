"""Reviewing cases, and handing the lists of those who review them out."""

from caseload.reviews.actions.handing import (
    acknowledge,
    end_contact,
    hand_out,
    name_contact,
    nudge,
    take_out,
)
from caseload.reviews.actions.reviewing import review, review_many

__all__ = [
    "acknowledge",
    "end_contact",
    "hand_out",
    "name_contact",
    "nudge",
    "review",
    "review_many",
    "take_out",
]
