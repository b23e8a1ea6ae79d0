"""A council whose SEND team and NEET support work with young people in Year 11 and 12, on a day a test chooses."""

from datetime import date

import pytest
from django.db import connection

from caseload.prevention.models import AtRisk
from neet import clock
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_college,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
    seed_reference,
)

YEAR_11, YEAR_12, YEAR_13 = (
    date(2011, 3, 3),
    date(2010, 3, 3),
    date(2009, 3, 3),
)  # in the year from September 2026
SPRING = date(2027, 3, 10)


class Council:
    """Two services with their people, and what tests ask of them."""

    def __init__(self, monkeypatch):
        self.turn = monkeypatch
        self.at(SPRING)
        seed_reference()
        self.authority = make_authority(name="Ambleshire", contact_telephone="01632 960001")
        self.district = make_district(self.authority, name="Ambleford")
        self.school = make_school(name="Ambleford School", la_code=self.authority.code)
        self.college = make_college(name="Ambleford College", la_code=self.authority.code)
        named = {"slug": "neet-support", "name": "NEET support", "short_name": "Support"}
        self.support = make_service(self.authority, **named)
        self.send = make_service(self.authority, slug="send", name="SEND team", short_name="SEND")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")
        self.lead = make_user("service_lead", self.authority, service=self.send, name="Lee Lead")
        self.chief = make_user("district_lead", self.authority, district=self.district, name="Dee District")
        self.officer = make_user("tracking_officer", self.authority, name="Otis Officer")

    def at(self, day):
        """From here on it is this day, for Python and the database alike; rights are read anew."""
        self.turn.setenv("DJANGO_NOW", f"{day}T10:00")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])
        for name in ("worker", "lead", "chief", "officer"):
            if hasattr(self, name):
                getattr(self, name).kept_scope = None
        return day

    def pupil(self, *codes, born=YEAR_11, service=None, **named):
        """Somebody at school until the end of the year, with these circumstances; a service may lead for them."""
        person = make_person(self.authority, date_of_birth=born, **named)
        make_residence(person, district=self.district)
        code = "110" if born == YEAR_11 else "210"
        until = date(2027, 8, 31) if born == YEAR_11 else date(2028, 7, 31)
        make_activity(
            person, code, date(2026, 9, 1), establishment=self.school, predicted_end_on=until,
            verified_on=date(2027, 2, 1),
        )  # fmt: skip
        for each in codes:
            make_characteristic(person, each)
        if service:
            make_responsible(person, service=service)
        return person

    def at_risk(self, **named):
        person = self.pupil(**named)
        AtRisk.objects.create(person=person, said_by="school", starts_on=date(2026, 10, 1))
        return person


@pytest.fixture
def council(db, monkeypatch):
    return Council(monkeypatch)
