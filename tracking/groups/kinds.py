"""What the trail calls the keeping of groups."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of groups."""

    KEPT = "groups.group_kept"
    CHANGED = "groups.group_changed"
    FORGOTTEN = "groups.group_forgotten"
