"""What work before anybody is NEET leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    ENTERED = "prevention.entered_at_risk"
    ENTERED_MANY = "prevention.entered_many_at_risk"
    CHANGED = "prevention.at_risk_changed"
    SHARED_OUT = "prevention.at_risk_shared_out"
    HANDED_OVER = "prevention.handed_over_to_a_service"
    ENDED = "prevention.at_risk_ended"
    LIST_READ = "prevention.at_risk_list_read"
    POINTS_READ = "prevention.points_read"
    POINTS_KEPT = "prevention.points_of_the_month_kept"
    SCHOOLS_CHOSEN = "prevention.schools_chosen"
    SCHOOL_CHANGED = "prevention.school_changed"
    SCHOOL_ENDED = "prevention.school_ended"
    STEP_ADDED = "prevention.step_of_a_school_added"
    STEP_DONE = "prevention.step_of_a_school_done"
