"""What the trail calls the keeping of cuts."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of kept cuts."""

    CUT_KEPT = "exploring.cut_kept"
    CUT_FORGOTTEN = "exploring.cut_forgotten"
