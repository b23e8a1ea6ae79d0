"""What the trail calls the work on leavers."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of leavers."""

    TOLD = "leavers.leaver_told"
    OFFERED = "leavers.pupils_offered_to_choose"
    HOME_TOLD = "leavers.home_authority_told"
    HOME_READ = "leavers.leavers_of_another_authority_read"
    HOME_FILE = "leavers.file_for_another_authority_made"
    FEEDBACK_MADE = "leavers.what_they_do_now_made"
    FIGURES_READ = "leavers.provider_figures_read"
