"""A council, a school with a sixth form, its return that is due, and files sent for it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from neet.accounts.models import User
from neet.files.actions import store
from neet.files.models import StoredFile
from returns.calendar.models import ExpectedReturn
from schools.models import Authority, Establishment
from tests.factories import make_authority, make_expected, make_school, make_user, seed_reference

HEADINGS = "Surname,Forename,DOB,Gender,UPN,Address line 1,Postcode,Year group,Mobile"


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def on_a_day_in_september(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-21T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(urn="123456", la_code=authority.code)


@pytest.fixture
def secretary(authority: Authority, school: Establishment) -> User:
    return make_user("school_user", authority, establishment=school)


@pytest.fixture
def expected(authority: Authority, school: Establishment) -> ExpectedReturn:
    return make_expected(school, authority=authority)


Send = Callable[..., StoredFile]


@pytest.fixture
def sent(authority: Authority, secretary: User) -> Send:
    """A stored file of these lines."""

    def kept(*lines: str, name: str = "enrolment.csv") -> StoredFile:
        source = ["\n".join(lines).encode()]
        return store(source=source, name=name, purpose="return", by=secretary, authority_id=authority.pk)

    return kept
