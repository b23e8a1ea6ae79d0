"""Leavers in a browser: one told of on a telephone, and a college's file with three mistakes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from schools.models import Authority, Establishment
from tests.browser import assert_accessible
from tests.factories import make_activity, make_collection, make_expected, make_person
from tests.returns.intake.conftest import kept_here  # noqa: F401  fixture
from tests.returns.intake.ready import spells
from tests.returns.intake.walking import Hand, send_file, worked
from tests.returns.leavers.test_leaving import authority, college, in_november, tutor  # noqa: F401  fixtures
from tracking.models import Task, YoungPerson

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FIRST, UP_TO = date(2026, 9, 1), 60


def students(authority: Authority, college: Establishment, *names: str) -> list[YoungPerson]:  # noqa: F811
    found = [make_person(authority, family_name=name, given_name="Ada") for name in names]
    for each in found:
        make_activity(each, "230", FIRST, establishment=college, verified_on=FIRST, source="provider")
    return found


def test_a_leaver_is_told_of_on_a_telephone_within_a_minute(
    browse: Callable[[User], Page],
    authority: Authority,  # noqa: F811
    college: Establishment,  # noqa: F811
    tutor: User,  # noqa: F811
) -> None:
    ada, _ = students(authority, college, "Ambler", "Birch")
    page = browse(tutor)
    began = monotonic()

    page.goto("/")
    page.get_by_role("link", name="Tell the council of one leaver").click()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_label("Who left?").select_option(str(ada.ref))
    for label, value in (("Day", "13"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Why did they leave?").select_option("Health")
    page.get_by_label("A telephone number").fill("07700 900123")
    page.get_by_label("Their own").check()
    page.get_by_role("button", name="Tell the council").click()
    expect(page.get_by_text("Tick that they had the privacy notice").first).to_be_visible()
    page.get_by_label("They were given the privacy notice").check()
    page.get_by_role("button", name="Tell the council").click()
    expect(page.get_by_text("trackers have it now")).to_be_visible()

    assert monotonic() - began < UP_TO
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert spells(ada)[-1] == ("810", date(2026, 11, 14), None)
    assert Task.objects.get(person=ada, kind="left").done_at is None


def test_a_colleges_leavers_are_mended_and_sent(
    browse: Callable[[User], Page],
    authority: Authority,  # noqa: F811
    college: Establishment,  # noqa: F811
    tutor: User,  # noqa: F811
    tmp_path: Path,
) -> None:
    ada, ben, cleo, dara = students(authority, college, "Ambler", "Birch", "Cole", "Dale")
    asked = make_collection(
        authority,
        type="joiners_leavers",
        title="Joiners and leavers, November",
        as_at=date(2026, 11, 18),
        due_on=date(2026, 11, 30),
    )
    expected = make_expected(college, asked)
    days = ("06/11/2026", "31/11/2026", "", "13/11/2026")
    file = tmp_path / "WICKCollegeLeaversNov.csv"
    rows = [
        f"{each.family_name},{each.given_name},{each.date_of_birth:%d/%m/%Y},{day},{reason}"
        for each, day, reason in zip(
            (ada, ben, cleo, dara), days, ("Got a job", "Health", "Health", "see notes"), strict=True
        )
    ]
    file.write_text("\n".join(["Surname,Forename,DOB,Date of leaving,Reason for leaving", *rows]))
    page = browse(tutor)
    hand = Hand(page)

    page.goto("/")
    expect(page.get_by_text("Nothing to return")).to_be_visible()
    hand.click(page.get_by_role("link", name="Start").or_(page.get_by_role("button", name="Start")))
    expect(page.get_by_text("Answer on the page")).to_have_count(0)
    send_file(page, expected, file)
    expect(page.get_by_role("heading", name="1 row fine, 3 need you")).to_be_visible()
    assert_accessible(page)
    hand.press("Go on: check and send")
    hand.press("Send to")
    worked(page)
    expect(page.get_by_text("Return received")).to_be_visible()

    assert spells(ada)[-1] == ("810", date(2026, 11, 7), None)
    assert spells(dara)[-1] == ("810", date(2026, 11, 14), None)
    assert spells(ben) == spells(cleo) == [("230", FIRST, None)]
