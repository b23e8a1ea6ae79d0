"""Whose record is kept and not used just now: one condition for whoever writes, rings or lists for contact."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracking.rights.models import UseLimited

# From the day it ends a record is used again, and no limit begins before its day: what has no end holds.
STANDS = Q(ends_on__isnull=True)


def use_is_limited(person: str = "pk") -> Q:
    """Rows about young people nobody is to be written to or rung about; `person` leads from the row to them."""
    return Q(Exists(UseLimited.objects.filter(STANDS, person=OuterRef(person))))


def limits_of(person_id: int) -> QuerySet[UseLimited]:
    """The limits that stand for somebody: one, or none."""
    return UseLimited.objects.filter(STANDS, person=person_id).order_by("pk")


def limit_of(person_id: int) -> UseLimited | None:
    """The limit that stands for somebody."""
    return limits_of(person_id).first()
