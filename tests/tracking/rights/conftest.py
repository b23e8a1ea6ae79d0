"""A council with information governance, an officer, and a young person with something in many tables."""

from dataclasses import dataclass
from datetime import date

import pytest

from neet.accounts.models import User
from schools.models import Authority, Service
from tests.factories import (
    confirm,
    make_activity,
    make_authority,
    make_characteristic,
    make_contact,
    make_note,
    make_objection,
    make_person,
    make_residence,
    make_responsible,
    make_school,
    make_service,
    make_task,
    make_user,
)
from tracking.register.models import YoungPerson
from tracking.rights.actions.requests import prove_identity, record_request
from tracking.rights.models import RightsRequest
from tracking.rights.statements import Ask


@dataclass
class Council:
    """Who works there, and whom they hold something about."""

    authority: Authority
    governance: User
    other: User
    officer: User
    worker: User
    service: Service
    person: YoungPerson


@pytest.fixture
def council(db: None) -> Council:
    authority = make_authority(name="Amber Council", contact_email="rights@amber.example")
    service = make_service(authority, name="Youth Justice")
    school = make_school(name="Amber School", la_code=authority.code)
    person = make_person(authority, given_name="Fern", family_name="Ambler", upn="H801200001001")
    activity = make_activity(person, establishment=school, course="Level 2 Plumbing", source="provider")
    confirm(activity, date(2026, 10, 2))
    make_residence(person)
    make_contact(person, value="07700 900111")
    make_contact(person, value="07700 900222", whose="parent", name="Rowan Ambler")
    make_characteristic(person)
    make_objection(person)
    make_task(person, "Ring Rowan Ambler back")
    make_note(person, "Talked about plumbing.")
    make_responsible(person, service=service)
    return Council(
        authority,
        governance=make_user("governance", authority, name="Gwen Governs"),
        other=make_user("governance", authority, name="Otto Other"),
        officer=make_user("tracking_officer", authority),
        worker=make_user("caseworker", authority, service=service),
        service=service,
        person=person,
    )


@pytest.fixture
def asked(council: Council) -> RightsRequest:
    """They asked for a copy, and we are sure who asks."""
    ask = Ask("copy", "young_person", date(2026, 9, 1))
    request = record_request(person=council.person, ask=ask, by=council.officer)
    return prove_identity(request=request, how="Known to their worker", by=council.governance)
