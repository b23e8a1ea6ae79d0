"""What the trail calls reports sent regularly."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of subscriptions."""

    BEGUN = "delivery.report_asked_for"
    PAUSED = "delivery.report_paused"
    RESUMED = "delivery.report_goes_on"
    ENDED = "delivery.report_ended"
    MAKING = "delivery.report_being_made"
    MADE = "delivery.reports_of_the_day_made"
    OPENED = "delivery.report_opened"
