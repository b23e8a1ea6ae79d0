"""What the trail calls the work on published figures."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of published figures."""

    LOADED = "published.figures_taken_in"
    NEIGHBOURS_LOADED = "published.neighbours_taken_in"
    COMPARISON_OPENED = "published.comparison_opened"
    COMPARISON_TAKEN = "published.comparison_taken_away"
