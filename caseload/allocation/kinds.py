"""What the month's work on cases leaves in the trail."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    MONTH_OPENED = "cases.month_opened"
    MONTH_CLOSED = "cases.month_closed"
    OPENING_TAKEN_BACK = "cases.opening_taken_back"
    ALLOCATED = "cases.allocated_again"
    ADDED_LATE = "cases.added_late"
    DECIDED = "cases.decided_by_a_person"
    WORKERS_ASSIGNED = "cases.workers_assigned"
    NIGHTLY = "cases.offers_of_the_day"
    SETTINGS_CHANGED = "cases.settings_changed"
    STAGE_MOVED = "cases.stage_moved"
    LIST_READ = "cases.list_read"
