"""A council with a school, its secretary, and an officer who puts files out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neet.accounts.models import User
from neet.files.actions import store
from neet.files.models import StoredFile
from returns.exchange.actions.parcels import put_out
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told
from schools.models import Authority, Establishment
from tests.factories import make_authority, make_school, make_user, seed_reference


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DJANGO_NOW", "2026-09-21T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority(contact_email="tracking@example.org")


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(name="Hill School", la_code=authority.code)


@pytest.fixture
def secretary(authority: Authority, school: Establishment) -> User:
    return make_user("school_user", authority, establishment=school)


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_user("mi_officer", authority)


def kept(authority: Authority, content: bytes = b"%PDF-1.4 hello", name: str = "Letter.pdf") -> StoredFile:
    return store(source=[content], name=name, purpose="exchange", by=None, authority_id=authority.pk)


def put_out_for(authority: Authority, *places: Establishment, ends_on: date = date(2026, 10, 1)) -> Parcel:
    """A letter for these."""
    told = Told(Parcel.Kind.PAPER, "Term dates", "Read it.", ends_on)
    file = kept(authority)
    return put_out(authority=authority, told=told, files=[ForOne(each.pk, file) for each in places], by=None)
