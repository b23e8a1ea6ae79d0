"""What the trail calls what is done about lists taken away."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of extracts."""

    ASKED = "extracts.list_asked_for"
    AGREED = "extracts.list_agreed_to"
    REFUSED = "extracts.list_not_agreed_to"
    MAKING = "extracts.list_made_as_a_file"
    MADE = "extracts.list_made"
    TAKEN = "extracts.list_downloaded"
    FORGOTTEN = "extracts.lists_forgotten"
