"""What reports leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    ASKED = "reports.report_asked_for"
    MADE = "reports.report_made"
    TAKEN = "reports.report_taken"
    SHEETS_ASKED = "reports.sheets_for_schools_asked_for"
    SHEETS_PUT_OUT = "reports.sheets_for_schools_put_out"
