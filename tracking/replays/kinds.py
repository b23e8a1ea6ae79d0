"""What the trail calls the readings of past days."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of replays."""

    REPLAYED = "replays.past_day_read_again"
    PEOPLE_READ = "replays.people_of_a_difference_read"
