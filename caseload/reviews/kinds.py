"""What reviewing leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    REVIEWED = "reviews.case_reviewed"
    MANY_REVIEWED = "reviews.many_cases_reviewed"
    CONTACT_NAMED = "reviews.list_contact_named"
    CONTACT_ENDED = "reviews.list_contact_ended"
    HANDED_OUT = "reviews.lists_handed_out"
    ACKNOWLEDGED = "reviews.list_acknowledged"
    NUDGED = "reviews.service_reminded"
    TAKEN_OUT = "reviews.list_taken_out_as_a_file"
    LIST_READ = "reviews.list_read"
