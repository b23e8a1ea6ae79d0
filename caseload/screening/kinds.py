"""What screening leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    HELD = "screening.screening_held"
    LEAD_CHOSEN = "screening.lead_service_chosen"
    LIST_READ = "screening.list_of_those_to_screen_read"
