"""What answers by link leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    ANSWERED = "surveys.answered_by_link"
    CHECK_FAILED = "surveys.birthday_not_right"
