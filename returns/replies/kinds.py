"""What the trail calls the DfE's replies."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the DfE's replies."""

    NOTED = "replies.reply_noted"
    TAKEN = "replies.error_report_taken_in"
    DISCARDED = "replies.reply_discarded"
    READ = "replies.reply_read"
