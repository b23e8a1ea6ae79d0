"""A council in May with a school, services, their people, and pupils of Year 11 who may become NEET."""

from datetime import date

import pytest
from django.db import connection

from caseload.prevention.actions.entering import enter
from caseload.prevention.statements import RiskTold
from neet import clock
from tests.factories import (
    IN_YEAR_11,
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_user,
    seed_reference,
)
from tracking.figures.models import Freeze, MonthRecord
from tracking.register.models import Guarantee

TODAY = date(2027, 5, 17)
YEAR_10, YEAR_11, YEAR_12 = date(2012, 3, 3), date(2011, 3, 3), date(2010, 3, 3)


def stand(monkeypatch, day):
    """The clock stands still on this day, for Python and the database alike."""
    monkeypatch.setenv("DJANGO_NOW", f"{day}T10:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])


def freeze(council, month, people):
    """A month as it was frozen: how each counted."""
    with connection.cursor() as cursor:
        cursor.execute("select tracking_month_partition(%s)", [month])
    held = Freeze.objects.create(authority=council.authority, month=month, frozen_at=clock.now())
    MonthRecord.objects.bulk_create(
        MonthRecord(
            authority=council.authority, month=month, freeze=held, person=person, reason="tracked_age", status=status,
            is_measured=status != "COMPULSORY", has_lapsed=False, participates=status == "EET", academic_age=age,
        )
        for person, (status, age) in people.items()
    )  # fmt: skip


class Council:
    """The council, its people, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.school = make_school(name="Ambleford Academy", la_code=self.authority.code)
        self.support = make_service(
            self.authority, name="NEET support", short_name="Support", slug="neet-support"
        )
        self.send = make_service(self.authority, name="SEND team", short_name="SEND", slug="send")
        self.officer = make_user("tracking_officer", self.authority, name="Toni Tracking")
        self.lead = make_user("service_lead", self.authority, service=self.support, name="Lee Lead")
        self.chief = make_user("district_lead", self.authority, district=self.district, name="Dee District")
        self.sender = make_user("caseworker", self.authority, service=self.send, name="Sal Send")

    def pupil(self, born=YEAR_11, school=None, offer="", **fields):
        person = make_person(self.authority, date_of_birth=born, **fields)
        make_residence(person, district=self.district)
        make_responsible(person, service=self.support, kind="support")
        code = IN_YEAR_11 if born >= YEAR_11 else "210"
        make_activity(
            person, code, date(2026, 9, 1), establishment=school or self.school, verified_on=date(2026, 9, 20)
        )
        if offer:
            Guarantee.objects.create(person=person, year_group=11, status=offer)
        return person

    def at_risk(self, *reasons, person=None, by=None, **told):
        person = person or self.pupil()
        said = RiskTold(**{"said_by": "officer", "reasons": reasons or ("excluded",), **told})
        return enter(person=person, told=said, by=by or self.lead)


@pytest.fixture
def council(db, monkeypatch):
    stand(monkeypatch, TODAY)
    seed_reference()
    return Council()
