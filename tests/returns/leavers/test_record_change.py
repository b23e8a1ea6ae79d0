"""Somebody changes school: both places stand in their history, and how long the change took is counted (R53, R113)."""

from collections.abc import Callable
from datetime import date

import pytest

from neet.files.models import StoredFile
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.actions.taking_back import withdraw
from returns.leavers.queries.record_change import record_change
from schools.models import Authority
from tests.factories import (
    make_activity,
    make_collection,
    make_college,
    make_expected,
    make_person,
    make_residence,
    make_school,
)
from tests.returns.intake.conftest import authority, kept_here, school, secretary, sent  # noqa: F401  fixtures

FIRST, AS_AT = date(2026, 9, 1), date(2026, 11, 30)
HEADINGS = "Last name,First name,Date of birth,Joined on,Leaving date,Postcode"


def test_a_joiner_leaves_the_old_school_and_the_days_until_then_are_counted(
    authority: Authority,  # noqa: F811
    sent: Callable[..., StoredFile],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-12-01T10:00")
    old, new = make_school(), make_college(la_code=authority.code)
    person = make_person(authority)
    make_residence(person, postcode="ZZ9 9ZA")
    make_activity(person, "210", FIRST, establishment=old, verified_on=FIRST)
    asked = make_collection(authority, type="joiners_leavers", as_at=AS_AT, due_on=AS_AT)
    row = f"{person.family_name},{person.given_name},{person.date_of_birth:%d/%m/%Y},02/11/2026,,ZZ9 9ZA"
    intake = begin_with_file(expected=make_expected(new, asked), file=sent(HEADINGS, row), by=None)
    intake = check(intake=intake, by=None)
    monkeypatch.setenv("DJANGO_NOW", "2026-12-04T10:00")
    intake = confirm(intake=intake, by=None)

    history = person.activities.order_by("starts_on").values_list("establishment", "starts_on", "ends_on")
    assert list(history) == [(old.pk, FIRST, date(2026, 11, 1)), (new.pk, date(2026, 11, 2), None)]
    found = record_change(authority.pk, date(2026, 12, 31))
    assert (found.rows, found.days) == (1, 3.0)
    assert found.words.startswith("3 days from the row")
    assert record_change(authority.pk, date(2026, 11, 30)).days is None
    withdraw(intake=intake, by=None)
    assert record_change(authority.pk, date(2026, 12, 31)).rows == 0
