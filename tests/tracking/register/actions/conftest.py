"""A council with its rules, an officer who may record, and one young person in Year 12."""

from datetime import date

import pytest
from django.db import connection

from neet import clock
from tests.factories import make_authority, make_person, make_user, seed_reference

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def rules_and_day(db, monkeypatch):
    """The codes of the seed, and a clock that stands still in November 2026 for Python and the database
    alike.
    """
    monkeypatch.setenv("DJANGO_NOW", f"{TODAY}T10:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])
    seed_reference()


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


@pytest.fixture
def person(authority):
    return make_person(authority, date_of_birth=date(2010, 3, 3))
