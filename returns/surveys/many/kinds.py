"""What surveys leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    PLANNED = "surveys.survey_planned"
    CHANGED = "surveys.survey_changed"
    DOOR_MADE = "surveys.new_link_of_a_school_made"
    ANSWERED = "surveys.survey_answered"
    LOOKED_FOR = "surveys.looked_for_who_answered"
    TAKEN_OVER = "surveys.answer_taken_over"
    TAKEN_BACK = "surveys.answer_taken_back"
    DECIDED = "surveys.said_who_answered"
    CONSENT_WITHDRAWN = "surveys.consent_withdrawn"
    REMINDED = "surveys.schools_reminded"
    READ = "surveys.answers_read"
    LIST_TAKEN = "surveys.list_of_who_has_not_answered_taken"
    FEEDBACK_MADE = "surveys.results_for_a_school_made"
