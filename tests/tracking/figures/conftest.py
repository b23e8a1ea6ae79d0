"""A small council whose months are frozen in these tests."""

from datetime import date

import pytest
from django.db import connection

from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tests.factories import make_authority, seed_reference

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _in_december(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both months are over."""
    monkeypatch.setenv("DJANGO_NOW", "2026-12-10 10:00")


@pytest.fixture
def council(db: None) -> Authority:
    """The database's clock goes by ours."""
    database_goes_by_ours()
    seed_reference()
    return make_authority(code="886")


@pytest.fixture
def as_app_later(db):
    """`as_app_later()`: from here on the rights of the serving role."""
    yield lambda: connection.cursor().execute("set role neet_app")
    connection.needs_rollback = False
    with connection.cursor() as cursor:
        cursor.execute("reset role")
