"""Whose move is not settled, for the list before the September Guarantee's cohort is set (R49, R50)."""

from collections.abc import Iterator
from datetime import date

from schools.models import Authority
from tracking.guarantee.statements import Doubt, Group
from tracking.moves.models import Move
from tracking.rules.moves import OPEN
from tracking.rules.offers import guarantee_births


def of_moves(authority: Authority, year: int, on: date) -> Iterator[Doubt]:
    """Ours of Years 11 and 12 whom another council has not accepted yet. One statement."""
    ours = Move.objects.filter(
        from_authority=authority, state__in=OPEN, person__date_of_birth__range=guarantee_births(year)
    )
    for person_id, moved_on in ours.order_by("pk").values_list("person", "moved_on"):
        yield Doubt(Group.MOVED, person_id, f"Moved on {moved_on:%-d %B %Y}, not accepted yet")
