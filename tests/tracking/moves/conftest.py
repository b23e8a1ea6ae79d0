"""Two councils that keep their registers here, an officer of each, and somebody who moves."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection

from neet import clock
from neet.accounts.models import User
from schools.models import Authority
from tests.factories import (
    COLLEGE,
    make_activity,
    make_authority,
    make_characteristic,
    make_college,
    make_contact,
    make_person,
    make_residence,
    make_task,
    make_user,
    seed_reference,
)
from tests.tracking.moves.made import make_agreement
from tracking.moves.models import CouncilAgreement
from tracking.register.models import FormerName, Guarantee, Note, Responsibility, YoungPerson

TODAY = date(2026, 11, 20)
HERE, THERE, OUTSIDE = "886", "825", "330"


@dataclass
class Councils:
    here: Authority
    there: Authority
    officer: User
    other: User
    person: YoungPerson


def turn_clock(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("DJANGO_NOW", moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])


@pytest.fixture(autouse=True)
def rules_and_day(db, monkeypatch):
    turn_clock(monkeypatch, f"{TODAY}T10:00")
    seed_reference()


@pytest.fixture
def councils() -> Councils:
    here, there = (
        make_authority(code=HERE, name="Orchard County Council"),
        make_authority(code=THERE, name="Chalk Council"),
    )
    return Councils(
        here,
        there,
        make_user("tracking_officer", here),
        make_user("tracking_officer", there),
        make_person(
            here,
            given_name="Quilla",
            family_name="Marsh-Tregenza",
            date_of_birth=date(2009, 5, 4),
            la_at_year_11=HERE,
        ),
    )


def fill(person: YoungPerson, officer: User) -> None:
    """One of everything that may be known of somebody."""
    place = make_college(la_code=HERE)
    make_activity(
        person,
        COLLEGE,
        date(2026, 9, 7),
        establishment=place,
        course="Bricklaying",
        verified_on=date(2026, 10, 1),
    )
    make_residence(person, line_1="4 Mill Lane", town="Sandling", postcode="ZZ1 1AA")
    make_contact(person, value="07700 900123")
    make_contact(person, value="07700 900124", from_institution=True)
    make_characteristic(person, "140", starts_on=date(2025, 1, 6))
    make_characteristic(person, "110", starts_on=date(2024, 1, 6), source="provider")
    Guarantee.objects.create(person=person, year_group=11, status="110", la_code=HERE)
    FormerName.objects.create(person=person, given_name="Quilla", family_name="Tregenza")
    Note.objects.create(person=person, text="Said in confidence", written_by=officer)
    Responsibility.objects.create(person=person, user=officer, starts_on=date(2026, 9, 1))
    make_task(person)


@pytest.fixture
def filled(councils) -> YoungPerson:
    fill(councils.person, councils.officer)
    return councils.person


@pytest.fixture
def agreed(councils) -> CouncilAgreement:
    return make_agreement(councils.here, councils.there, agreed_at=clock.now())
