"""What next steps leave in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    PLAN_WRITTEN = "transitions.transition_plan_written"
    PLAN_CHANGED = "transitions.transition_plan_changed"
    PLANS_CHECKED = "transitions.transition_plans_checked"
    PLAN_ENDED = "transitions.transition_plan_ended"
    PLAN_PRINTED = "transitions.transition_plan_printed"
    STARTS_DRAWN_UP = "transitions.list_of_starts_drawn_up"
    START_ANSWERED = "transitions.start_answered"
    START_REFERRED = "transitions.not_started_and_referred"
    COHORT_ANSWERED = "transitions.service_said_who_is_theirs"
    SERVICE_REMINDED = "transitions.service_reminded"
    STEP_RECORDED = "transitions.step_of_plan_recorded"
    STEPS_DONE = "transitions.steps_of_plans_done"
    PLACES_SHARED = "transitions.plans_without_a_place_shared"
    LIST_READ = "transitions.list_read"
