"""What moves and questions between councils leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    ASKED_FOR = "moves.record_asked_for"
    PROPOSED = "moves.move_proposed"
    TURNED = "moves.move_queried_answered_or_ended"
    ARRIVED = "moves.young_person_accepted_from_another_council"
    LEFT = "moves.young_person_accepted_by_another_council"
    TAKEN_BACK = "moves.move_taken_back"
    GIVEN_BACK = "moves.young_person_given_back_to_another_council"
    LIST_READ = "moves.list_read"
    GIVEN_OUT = "moves.hand_over_taken_away"
    LATE_ONES = "moves.tasks_opened_for_late_moves"

    COUNCILS_ASKED = "moves.other_councils_asked"
    ASKED_ABOUT = "moves.another_council_was_told_we_have_them"
    LOOKED_UP = "moves.newcomers_looked_up_at_other_councils"
    QUESTIONS_READ = "moves.questions_about_ours_read"
    AGREEMENT_OFFERED = "moves.agreement_offered_to_another_council"
    AGREEMENT_MADE = "moves.agreement_made_with_another_council"
    AGREEMENT_ENDED = "moves.agreement_with_another_council_ended"
