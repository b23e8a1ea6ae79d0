"""Searching a register as a job does it."""

from neet.jobs.work import Work
from schools.models import Authority
from tracking.merging.actions.finding import search


def look(work: Work) -> dict[str, int]:
    """A job: everybody of the council beside everybody."""
    work.still_mine()
    found = search(authority=Authority.objects.get(pk=work.authority_id or 0), by=work.by, whole=True)
    return {"people": found.people, "pairs": found.found}
