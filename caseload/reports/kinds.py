"""What reports leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    MADE = "reports.report_made"
    TAKEN = "reports.report_taken"
