"""What is recorded of invented registers."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """The seeding room's events."""

    INVENTED = "seeding.register_invented"
