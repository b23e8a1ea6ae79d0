"""A council in November 2026 with its services, somebody who may allocate, and young people who are NEET."""

from datetime import date, timedelta

import pytest
from django.db import connection

from neet import clock
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    seed_reference,
)
from tracking.register.models import YoungPerson

TODAY = date(2026, 11, 20)
NOVEMBER = date(2026, 11, 30)
YEAR_12, YEAR_13 = date(2010, 3, 3), date(2009, 3, 3)
SERVICES = {
    "neet-support": "NEET support",
    "send": "SEND",
    "youth-justice": "Youth justice",
    "virtual-school": "Virtual school",
    "open-access": "Youth hubs",
}


def stand(monkeypatch, day):
    """The clock stands still on this day, for Python and the database alike."""
    monkeypatch.setenv("DJANGO_NOW", f"{day}T10:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])


@pytest.fixture(autouse=True)
def rules_and_day(db, monkeypatch):
    stand(monkeypatch, TODAY)
    seed_reference()


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def district(authority):
    return make_district(authority)


@pytest.fixture
def services(authority):
    return {
        slug: make_service(authority, slug=slug, name=name, short_name=name)
        for slug, name in SERVICES.items()
    }


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


@pytest.fixture
def lead(authority, district):
    return make_user("district_lead", authority, district=district)


@pytest.fixture
def caseworker(authority, services):
    return make_user("caseworker", authority, service=services["neet-support"])


@pytest.fixture
def neet(authority, district):
    """Makes somebody who is NEET: `neet("110", born=YEAR_13)` is in care and in Year 13."""

    def make(
        *codes, born=YEAR_12, since=date(2026, 10, 1), heard=TODAY - timedelta(days=3), **fields
    ) -> YoungPerson:
        person = make_person(authority, date_of_birth=born, **fields)
        make_residence(person, district=district)
        for code in codes:
            make_characteristic(person, code)
        make_activity(person, SEEKING, since, verified_on=heard)
        return person

    return make
