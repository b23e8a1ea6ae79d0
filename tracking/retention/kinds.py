"""What the trail calls what is done about keeping and erasing."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of retention. `ERASED` is also the kind of the long work."""

    LISTED = "retention.people_due_listed"
    LIST_READ = "retention.people_due_read"
    LIST_EXPORTED = "retention.people_due_taken_as_a_file"
    PROPOSED = "retention.erasure_proposed"
    RELEASED = "retention.erasure_released"
    LEFT = "retention.erasure_called_off"
    ERASED = "retention.people_erased"
    ERASED_AGAIN = "retention.people_erased_again"
    CLASS_ERASED = "retention.things_erased"
    CERTIFIED = "retention.erasure_certified"
    CERTIFICATE_READ = "retention.certificate_read"
    ARCHIVED = "retention.records_archived"
    HOLD_PLACED = "retention.legal_hold_placed"
    HOLD_LIFTED = "retention.legal_hold_lifted"
    HOLDS_READ = "retention.legal_holds_read"
    SET_UP = "retention.second_person_changed"
    BREACH_RECORDED = "retention.breach_recorded"
    BREACH_DECIDED = "retention.breach_decided"
    BREACH_CHANGED = "retention.breach_changed"
    BREACH_CLOSED = "retention.breach_closed"
