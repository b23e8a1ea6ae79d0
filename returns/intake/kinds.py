"""What the trail calls the acts of a return on its way."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of a return on its way."""

    READ = "intake.rows_read"
    FILE_HANDED_OUT = "intake.file_handed_out"
    RECEIVED = "intake.return_received"
    BEGUN = "intake.return_begun"
    COLUMNS_SET = "intake.columns_set"
    ORDER_SET = "intake.order_of_days_set"
    CHECK_ASKED = "intake.check_asked_for"
    CHECKED = "intake.checked"
    CELL_FIXED = "intake.cell_fixed"
    ROW_LEFT_OUT = "intake.row_left_out"
    ROW_ADDED = "intake.row_added"
    EXPLAINED = "intake.explained"
    ALL_STILL_HERE = "intake.all_still_there"
    MISSING_ANSWERED = "intake.missing_answered"
    HANDED_OVER = "intake.handed_over"
    NOTICE_RECORDED = "intake.privacy_notice_recorded"
    DISCARDED = "intake.set_aside"
    COMPARED_AGAIN = "intake.compared_again"
    APPLIED = "intake.applied"
    ROW_APPLIED = "intake.row_applied"
    ACCEPTED = "intake.accepted"
    REJECTED = "intake.sent_back"
    WITHDRAWN = "intake.withdrawn"
    TAKEN_BACK = "intake.taken_back"
    MATCH_DECIDED = "intake.match_decided"
    MATCH_UNDONE = "intake.match_undone"
