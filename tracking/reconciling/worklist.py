"""Whose postcode lies in another council's area, for the list before the September Guarantee's cohort is set (R49)."""

from collections.abc import Iterator
from datetime import date

from schools.models import Authority
from tracking.guarantee.statements import Doubt, Group
from tracking.reconciling.queries.addresses import perhaps_moved
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.offers import guarantee_births


def of_postcodes(authority: Authority, year: int, on: date) -> Iterator[Doubt]:
    """Ours of Years 11 and 12 who by the directory of postcodes live elsewhere. Two statements."""
    rules = ruleset(on)
    outside = perhaps_moved(authority.pk, authority.code, rules)
    born = YoungPerson.objects.filter(date_of_birth__range=guarantee_births(year))
    for person_id in born.filter(pk__in=outside).order_by("pk").values_list("pk", flat=True):
        area = rules.areas.get(outside[person_id])
        yield Doubt(
            Group.MOVED, person_id, f"The postcode lies in {area.label if area else 'no council of England'}"
        )
