"""What the register records in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    PERSON_READ = "register.person_read"
    LIST_READ = "register.list_read"
    SEARCHED = "register.searched"
    SEARCH_KEPT = "register.search_kept"
    SEARCH_FORGOTTEN = "register.search_forgotten"

    PERSON_ADDED = "register.person_added"
    DETAILS_CHANGED = "register.details_changed"
    ADDRESS_CHANGED = "register.address_changed"
    CONTACT_RECORDED = "register.contact_recorded"
    CONTACT_ENDED = "register.contact_ended"
    CHARACTERISTIC_RECORDED = "register.characteristic_recorded"
    CHARACTERISTIC_ENDED = "register.characteristic_ended"
    GUARANTEE_SET = "register.guarantee_set"
    PLACE_RECORDED = "register.place_recorded"
    SEEKING_RECORDED = "register.what_they_seek_recorded"
    CONCERN_RAISED = "register.concern_raised"
    CONCERN_OVER = "register.concern_over"
    COHORT_STATUS_SET = "register.cohort_status_set"

    ACTIVITY_RECORDED = "register.activity_recorded"
    ACTIVITY_CORRECTED = "register.activity_corrected"
    ACTIVITY_ENDED = "register.activity_ended"
    ACTIVITIES_CONFIRMED = "register.activities_confirmed"
    CONFIRMATION_WITHDRAWN = "register.confirmation_withdrawn"

    OBJECTION_RECORDED = "register.objection_recorded"
    OBJECTION_WITHDRAWN = "register.objection_withdrawn"
    OBJECTION_ANSWERED = "register.objection_answered_by_the_young_person"

    NOTE_WRITTEN = "register.note_written"
    TASK_OPENED = "register.task_opened"
    TASK_CLOSED = "register.task_closed"
    RESPONSIBILITY_GIVEN = "register.responsibility_given"
    RESPONSIBILITY_ENDED = "register.responsibility_ended"

    RECORD_RESTRICTED = "register.record_restricted"
    RESTRICTION_LIFTED = "register.restriction_lifted"
    USER_NAMED = "register.user_named_for_restricted_record"
    USER_NAMED_NO_MORE = "register.user_no_longer_named_for_restricted_record"
    OPENED_WITH_REASON = "register.record_opened_with_a_reason"
    OPENED_IN_EMERGENCY = "register.record_opened_in_an_emergency"

    NIGHTLY_SWEEP = "register.nightly_sweep"
