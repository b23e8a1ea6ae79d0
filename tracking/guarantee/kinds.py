"""What work on the September Guarantee leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    COHORT_PROPOSED = "guarantee.cohort_proposed"
    COHORT_ASKED_FOR = "guarantee.cohort_asked_for"
    COHORT_SET = "guarantee.cohort_set"
    COHORT_TAKEN_BACK = "guarantee.cohort_taken_back"
    ADDED = "guarantee.added_to_cohort"
    REMOVED = "guarantee.removed_from_cohort"
    RESIDENCY_CHECKED = "guarantee.residency_checked"
    LIST_READ = "guarantee.list_read"
    LIST_TAKEN = "guarantee.list_taken_away"
