"""What is recorded of changes to the dated tables."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """The reference room's events."""

    SEED_LOADED = "reference.codes_and_rules_loaded"
