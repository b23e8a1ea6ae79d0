"""Invented collections and what is expected of whom."""

from datetime import date
from itertools import count
from typing import Any

from neet import clock
from returns.calendar.models import Collection, ExpectedReturn
from schools.models import Authority, Contact, Establishment
from tests.factories import make_authority, make_school

_numbers = count(1)


def make_collection(authority: Authority | None = None, **fields: Any) -> Collection:
    """Asked for in the autumn of 2026, due on Friday 27 November, unless told otherwise."""
    planned = {
        "type": "enrolment",
        "title": f"Autumn enrolment {next(_numbers)}",
        "academic_year": 2026,
        "as_at": date(2026, 10, 1),
        "opens_on": date(2026, 9, 14),
        "due_on": date(2026, 11, 27),
        "remind_days": [-7, 3],
        "published_at": clock.now(),
    }
    return Collection.objects.create(authority=authority or make_authority(), **{**planned, **fields})


def expect(
    collection: Collection, establishment: Establishment | None = None, **fields: Any
) -> ExpectedReturn:
    school = None if fields.get("sender") else establishment or make_school(la_code=collection.authority.code)
    return ExpectedReturn.objects.create(collection=collection, establishment=school, **fields)


def make_returns_contact(expected: ExpectedReturn, **fields: Any) -> Contact:
    named = {"name": "Sam Secretary", "email": "office@example.org", "purpose": "returns"}
    place = {"authority": expected.collection.authority, "establishment": expected.establishment}
    return Contact.objects.create(**{**named, **place, **fields})
