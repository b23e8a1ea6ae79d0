"""What the trail calls what is put out for establishments."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the exchange of files."""

    PUT_OUT = "exchange.files_put_out"
    MAKING_ASKED = "exchange.files_asked_for"
    TELLING_ASKED = "exchange.feedback_asked_for"
    WITHDRAWN = "exchange.files_withdrawn"
    TOLD = "exchange.establishments_told"
    COLLECTED = "exchange.file_collected"
    ANSWERED = "exchange.file_answered"
    LOOKED_AT = "exchange.file_looked_at"
    LINK_MADE = "exchange.upload_link_made"
    LINK_WITHDRAWN = "exchange.upload_link_withdrawn"
    LINK_USED = "exchange.file_sent_by_link"
