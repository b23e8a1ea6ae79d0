"""What the trail calls the work on the monthly file."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the monthly file."""

    CHECKED = "nccis.checked"
    BUILT = "nccis.built"
    DOWNLOADED = "nccis.downloaded"
    FROZEN = "nccis.frozen"
    SIGNED_OFF = "nccis.signed_off"
    SIGN_OFF_TAKEN_BACK = "nccis.sign_off_taken_back"
    SENT = "nccis.sent"
    ERRORS_READ = "nccis.errors_read"
