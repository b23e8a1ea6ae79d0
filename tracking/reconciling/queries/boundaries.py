"""Which wards and districts the register knows, and where they end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from schools.models import Authority, District
from tracking.reconciling.models import Boundary
from tracking.reference.queries import ruleset

# A ward's district is that in which most of its postcodes lie.
WARDS = """
    with ours as (
      select a.id as authority_id, p.ward_code, mode() within group (order by p.district_code) as district_code
      from tracking_postcode p join unnest(%s::int[], %s::text[]) as a (id, code) on a.code = p.authority_code
      where p.ward_code <> '' group by a.id, p.ward_code
    )
    select ours.authority_id, ours.ward_code, min(d.id)
    from ours left join schools_district d on d.authority_id = ours.authority_id and d.ons_code = ours.district_code
      and d.ons_code <> ''
    group by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Lying:
    """In which council an area lies, and in which of its districts where that is known."""

    authority_id: int
    district_id: int | None


def areas_here(kind: str, on: date) -> Mapping[str, Lying]:
    """Every ward (by the directory of postcodes) or district (by its code) of the councils here."""
    if kind == Boundary.Kind.DISTRICT:
        districts = District.objects.exclude(ons_code="").order_by("pk")
        return {each.ons_code: Lying(each.authority_id, each.pk) for each in districts}
    areas = ruleset(on).areas
    ours = {each.pk: areas[each.code].ons_code for each in Authority.objects.all() if each.code in areas}
    with connection.cursor() as cursor:
        cursor.execute(WARDS, [list(ours), list(ours.values())])
        return {ward: Lying(authority, district) for authority, ward, district in cursor.fetchall()}


def boundaries(authority_id: int, on: date) -> Sequence[Boundary]:
    """The wards and districts of a council as they end on a day; before the first day anything is known of, as they
    ended then. One statement."""
    alike = Boundary.objects.filter(authority=OuterRef("authority"), kind=OuterRef("kind")).order_by()
    holding = Coalesce(Max("holds_from", filter=Q(holds_from__lte=on)), Min("holds_from"))
    day = alike.values("authority").annotate(day=holding).values("day")
    found = Boundary.objects.filter(authority=authority_id, holds_from=Subquery(day))
    return list(found.select_related("file").order_by("kind", "name", "code", "pk"))
