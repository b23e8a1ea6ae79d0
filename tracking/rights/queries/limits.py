"""Whose record is kept and not used just now: one condition for whoever writes, rings or lists for contact."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from tracking.rights.models import UseLimited


def use_is_limited(on: date, person: str = "pk") -> Q:
    """Young people nobody is to be written to or rung about on the day; `person` leads from the row to them."""
    return Q(Exists(UseLimited.objects.filter(running(on), person=OuterRef(person))))


def running(on: date) -> Q:
    """Limits that hold on the day; from the day it ends the record is used again."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def limit_of(person_id: int, on: date) -> UseLimited | None:
    """The limit that holds for somebody on the day."""
    return UseLimited.objects.filter(running(on), person=person_id).order_by("-starts_on", "-pk").first()
