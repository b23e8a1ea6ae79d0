"""Choosing many, asking for a change of them, making it, taking it back."""

from tracking.bulk.actions.asking import agree, ask_back, ask_for
from tracking.bulk.actions.choosing import answer, choose, decide_on, discard, handed_on
from tracking.bulk.actions.doing import change_many
from tracking.bulk.actions.returning import take_back

__all__ = [
    "agree",
    "answer",
    "ask_back",
    "ask_for",
    "change_many",
    "choose",
    "decide_on",
    "discard",
    "handed_on",
    "take_back",
]
