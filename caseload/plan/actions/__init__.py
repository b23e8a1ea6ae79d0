"""Setting a year up, working through it, and saying who answers for what."""

from caseload.plan.actions.items import add_item, again, change, settle
from caseload.plan.actions.nightly import hand_on, plan_of_the_day
from caseload.plan.actions.posts import save_post
from caseload.plan.actions.year import set_up_year

__all__ = [
    "add_item",
    "again",
    "change",
    "hand_on",
    "plan_of_the_day",
    "save_post",
    "set_up_year",
    "settle",
]
