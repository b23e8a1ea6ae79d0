"""For the world of addresses: a change to many that somebody described and nobody asked for yet."""

from uuid import UUID

from neet.accounts.models import User
from schools.models import Authority
from tracking.bulk.models import BulkChange
from tracking.register.models import YoungPerson


def build_change(authority: Authority, by: User, person: YoungPerson | None = None) -> UUID:
    """To confirm what one of them does."""
    said = {"source": "provider", "on": "2026-11-02"}
    change = BulkChange.objects.create(authority=authority, made_by=by, act="confirm", said=said)
    if person is not None:
        change.people.create(person=person)
    return change.ref
