"""What is recorded of changes to the dated tables."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """The reference room's events."""

    SEED_LOADED = "reference.codes_and_rules_loaded"
    ROW_ADDED = "reference.rule_added"
    ROW_CHANGED = "reference.rule_changed"
    ROW_CORRECTED = "reference.rule_corrected"
    ROW_CLOSED = "reference.rule_ended"
    ROWS_CONFIRMED = "reference.rules_confirmed"
    YEAR_LOOKED_THROUGH = "reference.year_looked_through"
    EFFECT_READ = "reference.effect_on_people_read"
