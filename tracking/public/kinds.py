"""What the trail calls what is done about public figures."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of public figures."""

    PROPOSED = "public_figures.month_put_forward"
    SIGNED = "public_figures.month_made_public"
    WITHDRAWN = "public_figures.month_taken_back"
    OPENED = "public_figures.openness_changed"
    READER_ADDED = "public_figures.reader_added"
    READER_ENDED = "public_figures.reader_ended"
