"""What this floor records in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    INVITATION_SENT = "schools.invitation_sent"
    INVITATION_WITHDRAWN = "schools.invitation_withdrawn"
    INVITATION_ACCEPTED = "schools.invitation_accepted"
    PLACE_GIVEN = "schools.place_given"
    PLACE_CHANGED = "schools.place_changed"
    PLACE_ENDED = "schools.place_ended"
    ESTABLISHMENT_ADDED = "schools.establishment_added"
    ESTABLISHMENT_CHANGED = "schools.establishment_changed"
    ESTABLISHMENTS_LOADED = "schools.national_register_loaded"
    CONTACT_ADDED = "schools.contact_added"
    CONTACT_CHANGED = "schools.contact_changed"
    CONTACT_REMOVED = "schools.contact_removed"
    DISTRICT_ADDED = "schools.district_added"
    DISTRICT_CHANGED = "schools.district_changed"
    SERVICE_ADDED = "schools.service_added"
    SERVICE_CHANGED = "schools.service_changed"
    ATTESTED = "schools.people_said_to_be_right"
    COUNCIL_BEGUN = "schools.council_begun"
    TOKEN_MADE = "schools.system_token_made"
    TOKEN_REVOKED = "schools.system_token_revoked"
