"""What putting records together records in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    SEARCHED = "merging.register_searched_for_the_same_person_twice"
    READ = "merging.pair_read"
    TOLD_APART = "merging.said_to_be_two_people"
    ASKED_AGAIN = "merging.decision_taken_back"
    PUT_TOGETHER = "merging.records_put_together"
    TAKEN_APART = "merging.records_taken_apart"
