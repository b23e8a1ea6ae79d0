"""What campaigns leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    OPENED = "campaigns.opened"
    REFRESHED = "campaigns.list_made_anew"
    SHARED_OUT = "campaigns.shared_out"
    SETTLED = "campaigns.outcomes_recorded"
    REOPENED = "campaigns.outcome_taken_back"
    CLOSED = "campaigns.closed"
    LIST_READ = "campaigns.list_read"
