"""A council with an officer who may put records together, and two records of one young person."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from schools.models import Authority
from tests.factories import make_authority, make_person, make_residence, make_user, sign_in
from tracking.register.models import YoungPerson

HOME = {"line_1": "4 Mill Lane", "postcode": "ZZ9 9ZZ", "starts_on": date(2024, 1, 1)}


@pytest.fixture
def authority(db: None) -> Authority:
    return make_authority()


@pytest.fixture
def officer(authority: Authority) -> Any:
    return make_user("tracking_officer", authority)


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


@pytest.fixture
def kept(authority: Authority) -> YoungPerson:
    return one_of_them(authority, given_name="Orla", upn="A886000000001")


@pytest.fixture
def gone(authority: Authority) -> YoungPerson:
    return one_of_them(authority, given_name="Orlah", uln="1000000001")


def one_of_them(authority: Authority, **said: Any) -> YoungPerson:
    """Somebody born on one day in one home."""
    usual = {"family_name": "Quillfeather", "date_of_birth": date(2009, 5, 14), "gender": "F"}
    person = make_person(authority, **{**usual, **said})
    make_residence(person, **HOME)
    return person
