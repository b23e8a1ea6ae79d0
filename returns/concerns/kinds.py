"""What the trail calls what is said of one pupil."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of single concerns."""

    TOLD = "concerns.pupil_told_of"
    OFFERED = "concerns.pupils_offered_to_choose"
