"""What the trail calls the work on leavers."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of leavers."""

    TOLD = "leavers.leaver_told"
    OFFERED = "leavers.pupils_offered_to_choose"
    FIGURES_READ = "leavers.provider_figures_read"
