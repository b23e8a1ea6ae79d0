"""Who may stand on the register twice, for the list before the September Guarantee's cohort is set (R49)."""

from collections.abc import Iterator
from datetime import date

from schools.models import Authority
from tracking.guarantee.statements import Doubt, Group
from tracking.merging.models import Duplicate
from tracking.rules.offers import guarantee_births

WHY = "Waits in “Same person twice”"


def of_pairs(authority: Authority, year: int, on: date) -> Iterator[Doubt]:
    """Both of each pair nobody has decided on, of whom one is in Year 11 or 12. One statement."""
    ours = Duplicate.objects.filter(
        state=Duplicate.State.OPEN,
        first__authority=authority,
        first__date_of_birth__range=guarantee_births(year),
    )
    for pair in ours.order_by("pk").values_list("first", "second"):
        for person_id in pair:
            yield Doubt(Group.TWICE, person_id, WHY)
