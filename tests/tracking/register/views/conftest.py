"""A council with a few invented young people, and somebody signed in for each role."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_district,
    make_note,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_task,
    make_user,
    seed_reference,
    sign_in,
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Whoever looks, looks on this day."""
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")


@pytest.fixture
def council(db):
    """One authority, its places, and one young person of whom much is known."""
    seed_reference()
    authority = make_authority()
    district, service, school = make_district(authority), make_service(authority), make_school()
    ada = make_person(
        authority,
        given_name="Ada",
        family_name="Quillfeather",
        date_of_birth=date(2009, 3, 14),
        upn="B801200005001",
        uln="1000000043",
        ethnicity="WBRI",
        level_of_need="1",
    )
    make_activity(ada, "230", establishment=school, verified_on=date(2026, 10, 3), course="Bricklaying")
    make_residence(ada, district=district, line_1="14 Turnstone Rise", postcode="ZZ1 4AB")
    make_contact(ada, value="07700 900123", from_institution=True)
    make_contact(ada, kind="email", value="ada@example.org")
    make_characteristic(ada, "EHCP")
    make_characteristic(ada, "180")
    make_responsible(ada, service=service)
    make_note(ada, "Likes to be rung after four.")
    make_note(ada, "Only the service reads this.", service=service)
    make_note(ada, "Another service wrote this.", service=make_service(authority))
    make_task(ada, "Ask about the open evening", due_on=date(2026, 1, 1))
    return SimpleNamespace(authority=authority, district=district, service=service, school=school, ada=ada)


@pytest.fixture
def at_desk(council, client):
    """A browser signed in as somebody of the role, at the place of the council that fits it."""

    def signed_in(role: str):
        places = {
            "caseworker": {"service": council.service},
            "service_lead": {"service": council.service},
            "district_lead": {"district": council.district},
            "school_user": {"establishment": council.school},
            "college_user": {"establishment": council.school},
            "hub_worker": {"service": council.service},
        }.get(role, {})
        authority = None if role == "system_admin" else council.authority
        return sign_in(client, make_user(role, authority, **places))

    return signed_in


@pytest.fixture
def objected(council):
    return make_objection(council.ada)
