"""A council with a school and a college in spring, when places send who applied and who was offered what."""

from datetime import date

import pytest

from neet.files.actions import store
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.factories import (
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_school,
    seed_reference,
)
from tests.returns.intake.effects.offers.offering import (
    SPRING,
    Take,
    pupil,
)
from tracking.models import YoungPerson


@pytest.fixture
def in_spring(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2027-05-03T10:00")
    seed_reference()


@pytest.fixture
def council() -> Authority:
    return make_authority(code="886", name="Council")


@pytest.fixture
def school(council: Authority) -> Establishment:
    return make_school(name="Hill School", la_code=council.code, number="8869001")


@pytest.fixture
def college(council: Authority) -> Establishment:
    return make_college(name="Vale College", la_code=council.code, number="8869002")


@pytest.fixture
def ada(council: Authority, school: Establishment) -> YoungPerson:
    return pupil(council, school, "Ada", "Ambler")


@pytest.fixture
def sent(council: Authority) -> Take:
    """A file of a place, checked and sent."""

    def taken(
        place: Establishment,
        headings: str,
        *lines: str,
        type: str = "offers",
        on: date = SPRING,
        send: bool = True,
    ) -> Intake:
        asked = make_collection(council, type=type, as_at=on, academic_year=2026)
        source = ["\n".join([headings, *lines]).encode()]
        file = store(source=source, name="offers.csv", purpose="return", by=None, authority_id=council.pk)
        made = begin_with_file(expected=make_expected(place, asked), file=file, by=None)
        checked = check(intake=made, by=None)
        assert not checked.waits_for_columns
        return confirm(intake=checked, by=None) if send else checked

    return taken
