"""What the trail calls what is done about figures for everybody."""

from neet.audit.kinds import AuditKind


class Kind(AuditKind):
    """Events of released figures."""

    MADE = "released.tables_made"
    PROPOSED = "released.month_proposed_for_publication"
    PUBLISHED = "released.month_published"
    WITHDRAWN = "released.publication_withdrawn"
    SET_UP = "released.second_person_changed"
