"""What the year's plan and the posts leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    YEAR_SET_UP = "plan.year_set_up"
    ITEM_ADDED = "plan.item_added"
    ITEM_CHANGED = "plan.item_changed"
    ITEM_SETTLED = "plan.item_settled"
    ITEM_REOPENED = "plan.item_reopened"
    HANDED_ON = "plan.items_handed_on"
    POST_SAVED = "plan.post_saved"
    COUNCIL_SET_UP = "plan.council_set_up"
