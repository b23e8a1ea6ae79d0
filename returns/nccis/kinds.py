"""What the trail calls the work on the monthly file."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the monthly file."""

    CHECKED = "nccis.checked"
    BUILT = "nccis.built"
    DOWNLOADED = "nccis.downloaded"
    SENT = "nccis.sent"
    ERRORS_READ = "nccis.errors_read"
