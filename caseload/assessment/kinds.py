"""What the self-assessment leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    OPENED = "assessment.opened"
    COUNTED = "assessment.numbers_counted"
    ANSWERED = "assessment.line_answered"
    HANDED_IN = "assessment.handed_in"
    GIVEN_BACK = "assessment.given_back"
    APPROVED = "assessment.approved"
