"""A month's return on the page: nothing to report with one click, and a later file that adds or replaces."""

from datetime import date

import pytest
from django.test import Client

from returns.calendar.models import ExpectedReturn
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_collection, make_expected, make_person
from tests.returns.intake.views.conftest import do_work, send
from tracking.register.models import YoungPerson

FIRST, AS_AT = date(2025, 9, 1), date(2026, 9, 21)
HEADINGS = "Surname,Forename,DOB,Date of leaving"


@pytest.fixture
def september(authority: Authority, school: Establishment) -> ExpectedReturn:
    asked = make_collection(
        authority, type="joiners_leavers", title="Joiners and leavers, September", as_at=AS_AT, due_on=AS_AT
    )
    return make_expected(school, asked)


def pupil(authority: Authority, school: Establishment) -> YoungPerson:
    person = make_person(authority)
    make_activity(person, "210", FIRST, establishment=school, verified_on=FIRST, source="provider")
    return person


def row(person: YoungPerson) -> str:
    return f"{person.family_name},{person.given_name},{person.date_of_birth:%d/%m/%Y},11/09/2026"


def test_nothing_to_report_is_said_with_one_click_and_nobody_is_expected(
    desk: Client, authority: Authority, school: Establishment, september: ExpectedReturn
) -> None:
    pupil(authority, school)

    start = desk.get(f"/returns/{september.ref}/").content.decode()
    asked = desk.get(f"/returns/{september.ref}/nothing/").content.decode()
    desk.post(f"/returns/{september.ref}/nothing/")

    assert "Nothing to report?" in start
    assert "Answer on the page" not in start
    assert "Whom we expect" not in start
    assert "had nothing to return for “Joiners and leavers, September”" in asked
    assert "We expect" not in asked
    september.refresh_from_db()
    assert september.nil_at


def test_a_later_file_adds_or_replaces_as_its_sender_says(
    desk: Client, authority: Authority, school: Establishment, september: ExpectedReturn
) -> None:
    gone, stays = pupil(authority, school), pupil(authority, school)
    first = send(desk, september, HEADINGS, row(gone), row(stays))
    assert "What was sent before" not in desk.get(f"/return/{first.ref}/send/").content.decode()
    desk.post(f"/return/{first.ref}/send/")
    do_work()
    second = send(desk, september, HEADINGS, row(gone), name="leavers.csv")

    page = desk.get(f"/return/{second.ref}/send/").content.decode()
    desk.post(f"/return/{second.ref}/send/", {"how": "instead"})
    do_work()

    assert "1 pupil stands on both; 1 only on what was sent before" in page
    assert "not on your list" not in desk.get(f"/return/{second.ref}/").content.decode()
    assert stays.activities.get().ends_on is None
    assert gone.activities.count() == 2
