"""What the trail calls the loads."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of bringing a register."""

    BROUGHT = "bring.file_brought"
    TRIED = "bring.file_tried_out"
    TAKEN = "bring.register_taken_in"
    UNDONE = "bring.load_taken_back"
    DISCARDED = "bring.file_discarded"
    READ = "bring.load_read"
