"""Which source is believed where two say different things (a dated table of the council's)."""

from datetime import date

from tracking.register.models.activity import Source

NEVER_BEATS = {Source.SURVEY, Source.LOADED}


def believed_before(source: str, field: str, on: date) -> list[str]:
    """The sources whose later word on this field stands against a return's."""
    return sorted(set(Source.values) - NEVER_BEATS)
