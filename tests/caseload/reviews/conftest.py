"""A council in November 2026 whose month of cases is open: NEET support and SEND, their people, and their lists."""

from datetime import date

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.reviews.models import ListContact
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)

TODAY = date(2026, 11, 23)
NOVEMBER = date(2026, 11, 30)


class Month:
    """The open month, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.support = make_service(
            self.authority, name="NEET support", short_name="Support", slug="neet-support"
        )
        self.send = make_service(self.authority, name="SEND team", short_name="SEND", slug="send")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")
        self.lead = make_user("service_lead", self.authority, service=self.support, name="Lee Lead")
        self.sender = make_user("caseworker", self.authority, service=self.send, name="Sal Send")
        self.chief = make_user("district_lead", self.authority, district=self.district, name="Dee District")
        self.office = make_user(
            "caseworker", self.authority, service=self.support, name="Bo Office", records_for_others=True
        )
        self.run = MonthRun.objects.create(authority=self.authority, month=NOVEMBER)

    def case(self, service=None, since=date(2026, 10, 5), person=None, **fields):
        service = service or self.support
        person = person or make_person(self.authority)
        make_activity(person, SEEKING, since, verified_on=since)
        make_residence(person, district=self.district)
        make_responsible(person, service=service)
        asked = {"state": "allocated", "offer": "caseload", "neet_since": since, "facts": []}
        return Case.objects.create(run=self.run, person=person, service=service, **{**asked, **fields})

    def contact(self, service=None, user=None, **fields):
        return ListContact.objects.create(
            authority=self.authority, service=service or self.support, user=user or self.lead, **fields
        )


@pytest.fixture
def month(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()
    return Month()
