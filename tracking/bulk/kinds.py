"""What the trail calls changes to many."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of changes to many. The first two of the work itself are also what its jobs are called."""

    CHANGED = "bulk.many_changed"
    TAKEN_BACK = "bulk.change_of_many_taken_back"
    CHOSEN = "bulk.many_chosen"
    ANSWERED = "bulk.change_of_many_described"
    ASKED = "bulk.change_of_many_asked_for"
    DISCARDED = "bulk.change_of_many_thrown_away"
    LIST_READ = "bulk.chosen_read"
