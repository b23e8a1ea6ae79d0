"""What the trail calls looking at these lists."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of the lists of the September Guarantee."""

    LIST_READ = "offers.list_read"
    OTHERS_READ = "offers.offers_to_others_read"
    OTHERS_TAKEN = "offers.offers_to_others_downloaded"
