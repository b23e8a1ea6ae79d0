"""The pages of a return as a school's secretary meets them."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from tests.returns.intake.views.conftest import ADA, BEN, HEADINGS, Enrol, send

pytestmark = pytest.mark.django_db
WATCHING = {"HTTP_HX_REQUEST": "true"}


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def test_the_first_page_names_the_school_and_what_is_due(desk: Client, expected: ExpectedReturn) -> None:
    shown = words(desk.get("/"))

    assert expected.establishment.name in shown
    assert expected.collection.title in shown
    assert "Friday 25 September 2026, due in 4 days" in shown
    assert "Not started" in shown
    assert "Register" not in shown


def test_nothing_to_return_is_one_click_and_a_yes(desk: Client, expected: ExpectedReturn) -> None:
    assert "Nothing to return?" in words(desk.get(f"/returns/{expected.ref}/nothing/"))

    shown = words(desk.post(f"/returns/{expected.ref}/nothing/", follow=True))

    expected.refresh_from_db()
    assert expected.nil_at
    assert "we will not remind you" in shown
    assert "Nothing is due" in words(desk.get("/"))


def test_a_file_is_checked_and_says_what_is_fine_and_what_needs_somebody(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    enrolled(given_name="Cleo", family_name="Absent")
    wrong = BEN.replace("02/03/2009", "31/02/2009")

    intake = send(desk, expected, HEADINGS, ADA, wrong)
    shown = words(desk.get(f"/return/{intake.ref}/"))

    assert intake.state == Intake.State.CHECKED
    assert "1 row fine, 1 needs you" in shown
    assert "Row 3: Ben Mole" in shown
    assert "1 pupil who is not on it" in shown


def test_a_cell_is_put_right_and_saves_itself(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, HEADINGS, ADA, BEN.replace("02/03/2009", "31/02/2009"))
    problem = intake.problems.get(severity="error")

    asked = {
        "about": "date_of_birth",
        "column": "date_of_birth",
        "value": "2 March 2009",
        "kind": problem.kind,
    }
    answer = desk.post(f"/return/{intake.ref}/rows/3/fix/", asked, **WATCHING)

    assert "Saved" in words(answer)
    assert "2 fine" in words(answer)
    assert not intake.problems.filter(severity="error").exists()
