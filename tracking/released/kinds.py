"""What the trail calls what is done about figures for everybody."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of released figures."""

    MADE = "released.tables_made"
