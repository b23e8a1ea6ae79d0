"""What the trail calls the work on agreements."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the register of agreements."""

    ADDED = "agreements.agreement_added"
    CHANGED = "agreements.agreement_changed"
    ENDED = "agreements.agreement_ended"
    PRINTED = "agreements.record_of_flows_printed"
