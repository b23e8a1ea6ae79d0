"""What the trail calls the loads."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of bringing a register."""

    LOADED = "bring.register_loaded"
    UNDONE = "bring.load_taken_back"
    AUTHORITIES_ADDED = "bring.authorities_added"
