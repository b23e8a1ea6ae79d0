"""The page a return begins on, once something came in."""

from django.test import Client

from neet.accounts.models import User
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from tests.returns.intake.views.conftest import ADA, BEN, HEADINGS, Enrol, send
from tests.returns.intake.views.test_pages import words


def test_whom_we_expected_is_not_more_for_those_the_return_itself_brought(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol, secretary: User
) -> None:
    enrolled(given_name="Ada", family_name="Lark")
    page = f"/returns/{expected.ref}/"
    assert "Whom we expect 1 pupil" in words(desk.get(page))

    confirm(intake=send(desk, expected, HEADINGS, ADA, BEN), by=secretary)

    shown = words(desk.get(page))
    assert "Whom we expected 1 pupil" in shown
    assert "the 2 pupils we have as yours" in shown, "our file has all of them by now"


def test_a_file_that_cannot_be_read_stands_below_the_one_that_can(
    desk: Client, expected: ExpectedReturn
) -> None:
    good = send(desk, expected, HEADINGS, ADA)
    bad = send(desk, expected, "%PDF-1.4")

    answer = desk.get(f"/returns/{expected.ref}/")

    assert bad.state == "refused"
    assert answer.context["newest"] == good
    assert "Not sent yet" in words(answer).split("What it is")[0]
    assert "Could not be read" in words(answer).split("Sent so far")[-1]
