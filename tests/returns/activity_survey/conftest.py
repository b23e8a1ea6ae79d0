"""A council in January 2027, its schools, and young people who left Year 11 in the summer of 2026."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neet.accounts.models import User
from returns.activity_survey import actions
from returns.activity_survey.models import ActivitySurvey, ActivitySurveyMember
from schools.models import Authority, Establishment
from tests.clocks import database_goes_by_ours
from tests.factories import make_activity, make_authority, make_person, make_school, make_user, seed_reference
from tracking.models import Activity, YoungPerson

YEAR = 2026
BORN = date(2010, 3, 14)  # Year 11 in May 2026
AT_SCHOOL, AT_HOME, IN_CUSTODY = "110", "120", "130"
LAST_YEAR, END_OF_SCHOOL = date(2025, 9, 1), date(2026, 7, 24)
LISTED_ON, DAY = date(2026, 5, 31), date(2026, 11, 1)
Leaver = Callable[..., YoungPerson]


@pytest.fixture(autouse=True)
def january(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DJANGO_NOW", "2027-01-18T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    database_goes_by_ours(until_the_end=True)
    seed_reference()
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(name="Fernley School", la_code=authority.code)


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_user("mi_officer", authority)


@pytest.fixture
def leaver(authority: Authority, school: Establishment) -> Leaver:
    """Somebody of Year 11: at the school until July, unless told otherwise; nothing afterwards."""

    def made(code: str = AT_SCHOOL, place: Establishment | None = school, **fields: Any) -> YoungPerson:
        days = {
            "starts_on": fields.pop("starts_on", LAST_YEAR),
            "ends_on": fields.pop("ends_on", END_OF_SCHOOL),
        }
        person = make_person(authority, **{"date_of_birth": BORN, **fields})
        if code:
            make_activity(person, code, establishment=place, **days)
        return person

    return made


def does(
    person: YoungPerson, code: str, verified_on: date | None = date(2026, 12, 3), **fields: Any
) -> Activity:
    """What somebody does from September on, confirmed in December unless told otherwise."""
    return make_activity(
        person, code, **{"starts_on": date(2026, 9, 7), "verified_on": verified_on, **fields}
    )


def surveyed(authority: Authority, year: int = YEAR, reading: str = "statutory") -> ActivitySurvey:
    """The survey with its list made and read."""
    return actions.make_list(authority=authority, year=year, reading=reading, by=None).survey


def member(survey: ActivitySurvey, person: YoungPerson) -> ActivitySurveyMember | None:
    return survey.members.filter(person=person).first()
