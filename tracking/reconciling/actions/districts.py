"""Giving addresses the district their postcode lies in: where none is written down by itself, otherwise only where
somebody says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.reconciling.kinds import Kind
from tracking.reconciling.queries.addresses import COMPACT, OUR_DISTRICTS
from tracking.register.actions.reach import within_reach
from tracking.register.refusals import NotPermitted

# Addresses that hold now. What a person wrote down is left as it is.
FILL = f"""
    with ours as ({OUR_DISTRICTS})
    update tracking_residence r set district_id = ours.id
    from tracking_youngperson p, tracking_postcode c, ours
    where p.id = r.person_id and p.authority_id = %(authority)s and r.ends_on is null and r.district_id is null
      and c.postcode = {COMPACT} and ours.ons_code = c.district_code
    returning r.person_id
"""
TAKE = f"""
    with ours as ({OUR_DISTRICTS})
    update tracking_residence r set district_id = ours.id
    from tracking_youngperson p, tracking_postcode c, ours
    where p.id = r.person_id and p.authority_id = %(authority)s and p.id = any(%(people)s) and r.ends_on is null
      and c.postcode = {COMPACT} and ours.ons_code = c.district_code and r.district_id is distinct from ours.id
    returning r.person_id
"""
IS_EMPTY = f"""
    with ours as ({OUR_DISTRICTS})
    select exists (select from tracking_residence r join tracking_youngperson p on p.id = r.person_id
      join tracking_postcode c on c.postcode = {COMPACT} join ours on ours.ons_code = c.district_code
      where p.authority_id = %(authority)s and r.ends_on is null and r.district_id is null)
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """How many addresses of a council got a district."""

    authority: str
    addresses: int


def place_addresses(*, by: User | None) -> list[Placed]:
    """Every council's present addresses without a district get the one their postcode lies in; how many, council by
    council. Two statements each; done twice it changes nothing and leaves no event."""
    return [
        Placed(each.name, _place(each, by)) for each in Authority.objects.order_by("code") if _has_some(each)
    ]


def _has_some(authority: Authority) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_EMPTY, {"authority": authority.pk})
        return bool(cursor.fetchone()[0])


def _place(authority: Authority, by: User | None) -> int:
    with recorded(Kind.PLACED, by=by, authority_id=authority.pk) as event, connection.cursor() as cursor:
        cursor.execute(FILL, {"authority": authority.pk})
        event.subjects = sorted(person for (person,) in cursor.fetchall())
        event.counts = {"addresses": len(event.subjects)}
        return len(event.subjects)


def places_of_the_day(*, day: date) -> dict[str, int]:
    """What the night does: addresses written down since get their district."""
    return {"addresses": sum(each.addresses for each in place_addresses(by=None))}


def take_district(*, authority_id: int, people: Sequence[int], by: User) -> int:
    """For these young people the district of their postcode replaces the one that was written down; for how many.
    Raises NotPermitted."""
    with recorded(Kind.DISTRICT_TAKEN, by=by, authority_id=authority_id, subjects=people) as event:
        theirs = within_reach(by, Permission.PERSON_CHANGE).filter(authority=authority_id, pk__in=people)
        if theirs.count() < len(set(people)):
            raise NotPermitted(Permission.PERSON_CHANGE)
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"authority": authority_id, "people": list(people)})
            event.counts = {"addresses": cursor.rowcount}
    return event.counts["addresses"]
