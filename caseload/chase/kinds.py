"""What the chase leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    LIST_READ = "chase.calls_read"
    ATTEMPT_RECORDED = "chase.attempt_recorded"
    HELD = "chase.line_held"
    RELEASED = "chase.line_released"
    SHARED_OUT = "chase.calls_shared_out"
    GIVEN = "chase.calls_given_to_a_colleague"
    KNOWN_LIST_READ = "chase.list_of_names_read"
    KNOWN_SAID = "chase.young_person_said_to_be_known"
    ANSWERS_READ = "chase.answers_to_confirm_read"
    ANSWERS_TAKEN = "chase.answers_taken"
    ANSWERS_SET_ASIDE = "chase.answers_set_aside"
    NEXT_STEPS = "chase.next_steps_asked_for"
    PROVIDER_READ = "chase.people_of_a_provider_read"
