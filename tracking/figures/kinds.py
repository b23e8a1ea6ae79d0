"""What the trail calls the work on the figures."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of frozen months."""

    FROZEN = "figures.month_frozen"
    FROZEN_AGAIN = "figures.month_frozen_again"
    KEPT = "figures.month_kept_as_it_ended"
    WARDS = "figures.wards_of_a_month_kept"
    CLOSED = "figures.month_signed_off"
    OPENED = "figures.sign_off_taken_back"
    PEOPLE_READ = "figures.people_behind_a_figure_read"
