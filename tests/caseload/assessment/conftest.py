"""A council in November 2026 with a few young people in Year 11, in learning and NEET."""

from datetime import date

import pytest

from tests.factories import (
    make_authority,
    make_district,
    make_service,
    make_user,
    seed_reference,
)

TODAY = date(2026, 11, 23)
YEAR = 2026


class Council:
    """A council, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.support = make_service(self.authority, name="NEET support", slug="neet-support")
        self.manager = make_user("manager", self.authority, name="Mo Manager")
        self.data = make_user("mi_officer", self.authority, name="Di Data")
        self.lead = make_user("service_lead", self.authority, service=self.support, name="Lee Lead")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")


@pytest.fixture
def council(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()
    return Council()
