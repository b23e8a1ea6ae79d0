"""Which council was given the record of somebody who moved."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.timezone import localdate

from tracking.moves.models import Move
from tracking.rights.statements import Given

HAND_OVER = "The record, handed over when they moved"


def given(person_id: int) -> Iterator[Given]:
    """Each council that took them over, or for which their hand-over was taken away as a file; one statement."""
    went = Q(settled_on__isnull=False) | Q(given_out_at__isnull=False)
    for each in Move.objects.filter(went, person=person_id).select_related("to_authority").order_by("pk"):
        name = each.to_authority.name if each.to_authority else f"Council {each.to_la}"
        yield Given(name, HAND_OVER, each.settled_on or localdate(each.given_out_at))
