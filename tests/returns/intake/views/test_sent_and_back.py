"""What a school reads once something came back: a row, a return, a file nobody could read, or the page before."""

import pytest
from django.test import Client

from returns.calendar.models import ExpectedReturn
from returns.intake.actions.taking_back import reject
from schools.models import Authority
from tests.factories import make_intake, make_user
from tests.returns.intake.views.conftest import ADA, BEN, HEADINGS, do_work, send

pytestmark = pytest.mark.django_db


def test_a_row_that_was_left_out_is_put_back_from_its_line(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, HEADINGS, ADA, BEN)
    assert "Put it back" not in desk.get(f"/return/{intake.ref}/rows/").content.decode()
    desk.post(f"/return/{intake.ref}/rows/3/leave-out/")

    page = desk.get(f"/return/{intake.ref}/rows/").content.decode()

    assert page.count("Put it back") == 1
    assert f'action="/return/{intake.ref}/rows/3/leave-out/"' in page


def test_the_first_page_says_why_the_council_sent_it_back(
    desk: Client, expected: ExpectedReturn, authority: Authority
) -> None:
    intake = send(desk, expected, HEADINGS, ADA)
    desk.post(f"/return/{intake.ref}/send/")
    do_work()
    intake.refresh_from_db()
    reject(intake=intake, why="These are old.", by=make_user("mi_officer", authority))

    assert "The council says: These are old." in desk.get("/").content.decode()


def test_a_file_that_could_not_be_read_is_no_version(desk: Client, expected: ExpectedReturn) -> None:
    make_intake(expected, state="refused", refusal="This is a picture.")

    page = desk.get(f"/returns/{expected.ref}/").content.decode()

    assert "A file</a>" in page
    assert "Could not be read" in page
    assert "Version" not in page


def test_after_an_answer_was_wrong_the_page_before_leads_to_the_receipt(
    desk: Client, expected: ExpectedReturn
) -> None:
    intake = send(desk, expected, f"{HEADINGS},Mobile", f"{ADA},07700900123")
    address = f"/return/{intake.ref}/send/"

    wrong = desk.post(address, {"told": "yes"})
    assert wrong.url == address
    assert "Enter the day the privacy notice was given" in desk.get(address).content.decode()
    again = desk.get(address)
    assert "There is a problem" not in again.content.decode()
    assert "no-store" in again["Cache-Control"]

    day = {"issued_on_day": "1", "issued_on_month": "9", "issued_on_year": "2026"}
    desk.post(address, {"told": "yes", **day})
    do_work()
    for back in (desk.get(address, follow=True), desk.post(address, {"told": ""}, follow=True)):
        assert "Return received" in back.content.decode()
        assert "There is a problem" not in back.content.decode()
