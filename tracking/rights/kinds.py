"""What work on people's rights leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    LIST_READ = "rights.requests_read"
    COPY_READ = "rights.copy_read"
    ASKED = "rights.request_recorded"
    IDENTITY_PROVED = "rights.identity_proved"
    ASKED_BACK = "rights.asked_what_they_mean"
    MADE_CLEAR = "rights.told_what_they_mean"
    EXTENDED = "rights.more_time_taken"
    ANSWERED = "rights.request_answered"
    TAKEN_BACK = "rights.request_taken_back"
    RECIPIENT_TOLD = "rights.recipient_told"

    USE_LIMITED = "rights.use_limited"
    LIMIT_TAKEN_ON = "rights.limit_of_another_council_taken_on"
    TOLD_BEFORE_USE = "rights.told_that_the_limit_ends"
    USED_AGAIN = "rights.used_again"

    GATHERING_ASKED = "rights.copy_gathered"
    GATHERED = "rights.copy_is_gathered"
    HELD_BACK = "rights.part_of_copy_held_back"
    RELEASED = "rights.notes_of_a_service_released"
    READ_THROUGH = "rights.copy_read_through"
    SENT_BACK = "rights.copy_sent_back"
    AGREED = "rights.copy_agreed"
    SETTING_ASKED = "rights.copy_made_ready"
    SET = "rights.copy_is_ready"
    TAKEN = "rights.copy_downloaded"
    GIVEN = "rights.copy_given"
    FORGOTTEN = "rights.copies_given_long_ago_removed"

    LOOKED_INTO = "rights.emergency_looked_into"
    UNUSUAL_READING = "rights.many_records_opened_noticed"
    READING_LOOKED_INTO = "rights.many_records_opened_looked_into"
    READING_READ = "rights.who_opened_many_records_read"
    PROCESSING_READ = "rights.record_of_processing_read"
    ASSESSMENT_READ = "rights.impact_assessment_read"
