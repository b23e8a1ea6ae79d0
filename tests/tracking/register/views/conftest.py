"""The desk of a tracking officer, and one young person on their register."""

from datetime import date

import pytest

from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_college,
    make_contact,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_task,
    make_user,
    seed_reference,
    sign_in,
)


@pytest.fixture(autouse=True)
def rules(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    seed_reference()


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


@pytest.fixture
def desk(client, officer):
    return sign_in(client, officer)


@pytest.fixture
def person(authority):
    return make_person(authority, date_of_birth=date(2010, 3, 3))


@pytest.fixture
def whole(person):
    """The ids that stand in the addresses of a record with one of everything."""
    college = make_college(name="Ambleford College")
    dated = {"predicted_end_on": date(2028, 6, 30), "verified_on": date(2026, 9, 20)}
    activity = make_activity(person, establishment=college, **dated)
    make_residence(person)
    return {
        "activity": activity.pk,
        "confirmation": activity.confirmations.get().pk,
        "contact": make_contact(person).pk,
        "needs": make_characteristic(person).pk,
        "objection": make_objection(person).pk,
        "task": make_task(person).pk,
        "responsible": make_responsible(person, service=make_service(person.authority)).pk,
    }
