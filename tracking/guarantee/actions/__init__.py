"""What changes a cohort: it is set, taken back, added to, taken from; who is taught at home is looked up."""

from tracking.guarantee.actions.asking import ask_to_approve, ask_to_take_back
from tracking.guarantee.actions.changing import add, remove
from tracking.guarantee.actions.residency import check_residency
from tracking.guarantee.actions.setting import approve, propose, take_back

__all__ = [
    "add",
    "approve",
    "ask_to_approve",
    "ask_to_take_back",
    "check_residency",
    "propose",
    "remove",
    "take_back",
]
