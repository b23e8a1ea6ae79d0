"""For the world of addresses: two records that may be one person, two that are two people, and two put together."""

from typing import Any

from neet import clock
from schools.models import Authority
from tests.factories import make_person
from tracking.merging.models import Duplicate, Merge


def build_pairs(authority: Authority) -> dict[str, Any]:
    """One pair of each kind on a council's register."""
    people = [make_person(authority) for _ in range(6)]
    waits = Duplicate.objects.create(authority=authority, first=people[0], second=people[1], sure=0.9)
    apart = Duplicate.objects.create(
        authority=authority,
        first=people[2],
        second=people[3],
        sure=0.5,
        state=Duplicate.State.NOT_THE_SAME,
        decided_at=clock.now(),
    )
    people[5].merged_into, people[5].cohort_status = people[4], "M"
    people[5].save()
    merge = Merge.objects.create(authority=authority, kept=people[4], merged=people[5], event_id=1)
    return {"pair": waits.pk, "pair_apart": apart.pk, "merge": merge.pk}
