"""The council's places: establishments, their contacts, districts and services."""

from typing import Any, TypeVar

from django.db import models

from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.kinds import Kind
from schools.models import Contact, District, Establishment, Service

T = TypeVar("T", Establishment, Contact, District, Service)

SAVED = {
    Establishment: (Kind.ESTABLISHMENT_ADDED, Kind.ESTABLISHMENT_CHANGED),
    Contact: (Kind.CONTACT_ADDED, Kind.CONTACT_CHANGED),
    District: (Kind.DISTRICT_ADDED, Kind.DISTRICT_CHANGED),
    Service: (Kind.SERVICE_ADDED, Kind.SERVICE_CHANGED),
}


def save_place(*, row: T, by: User | None, authority_id: int | None = None) -> T:
    """Keep a new or changed row of one of the council's own tables, whichever door it came in by."""
    kind = SAVED[type(row)][row.pk is not None]
    with recorded(kind, by=by, authority_id=authority_id or getattr(row, "authority_id", None)) as event:
        row.save()
        event.counts = {name_of(row): row.pk}
    return row


def remove_contact(*, contact: Contact, by: User) -> None:
    """Somebody is no longer whom one asks at an establishment."""
    counts = {"contact": contact.pk}
    with recorded(Kind.CONTACT_REMOVED, by=by, authority_id=contact.authority_id, counts=counts):
        contact.delete()


def save_places(*, model: type[models.Model], rows: list[Any], fields: list[str], by: User | None) -> int:
    """Keep many rows of a file at once: those with a key are brought up to date, the others added."""
    added, changed = SAVED[model]
    new, old = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    with recorded(changed if old else added, by=by, counts={"added": len(new), "changed": len(old)}):
        model._default_manager.bulk_create(new)
        if old:
            model._default_manager.bulk_update(old, fields)
    return len(rows)


def name_of(row: models.Model) -> str:
    return str(row._meta.verbose_name).lower()
