"""An authority at the end of October 2026, some of its records with faults, and desks to look from."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from neet.accounts.models import User
from returns.nccis.actions import Month, build_file, sign_off
from returns.nccis.models import Submission
from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tests.factories import make_activity, make_authority, make_person, make_user, seed_reference, sign_in
from tracking.figures.actions import Month as FiguresMonth
from tracking.figures.actions import freeze
from tracking.models import YoungPerson

OCTOBER = date(2026, 10, 31)


@pytest.fixture
def october(db: None, monkeypatch: pytest.MonkeyPatch) -> Month:
    """The month of an authority, looked at in November."""
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    database_goes_by_ours()
    seed_reference()
    return Month(make_authority(), OCTOBER)


@pytest.fixture
def authority(october: Month) -> Authority:
    return october.authority


@pytest.fixture
def officer(authority: Authority) -> Any:
    return make_user("mi_officer", authority)


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


def make_signed(month: Month, by: User) -> Submission:
    """The month frozen, its file built and signed off by one person alone."""
    freeze(month=FiguresMonth(month.authority.pk, month.period_end), by=by)
    return sign_off(submission=build_file(month=month, by=by), by=by, why="There is nobody else")


def make_faulty(authority: Authority, **fields: Any) -> YoungPerson:
    """Somebody in Year 12 without a gender, which is DfE error 4."""
    person = make_person(authority, **{"gender": "", "date_of_birth": date(2010, 3, 3), **fields})
    make_activity(person, verified_on=date(2026, 9, 20), predicted_end_on=date(2028, 6, 30))
    return person
