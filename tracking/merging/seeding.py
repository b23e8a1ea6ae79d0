"""Inventing for the small register what officers did about people who stand on it twice."""

from neet.accounts.models import User
from schools.models import Authority
from tracking.merging.actions.deciding import two_people
from tracking.merging.actions.finding import search
from tracking.merging.actions.together import put_together
from tracking.merging.queries.pairs import likely_ones, waiting
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"


def invent_pairs(invention: Invention) -> None:
    """The register searched, one of the likely pairs put together, the least likely said to be two people; all others
    wait."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    of_council = User.objects.filter(memberships__authority=authority)
    officer = of_council.filter(memberships__role="tracking_officer").earliest("pk")
    search(authority=authority, by=officer, whole=True)
    found = list(likely_ones(waiting(officer)))
    if len(found) < 3:
        return
    pair = found[1]
    put_together(kept=pair.first, gone=pair.second, takes=set(), by=officer)
    two_people(pair=found[-1], by=officer)
