"""Answers that save themselves: ticked fast, before the script is there, without a connection."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from neet.accounts.models import User
from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.browser import assert_accessible
from tests.returns.intake.walking import enrol, lines_of, saved

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_a_day_in_september"),
]


def test_answers_ticked_faster_than_they_are_saved_are_all_kept(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
) -> None:
    enrol(authority, school, 22)
    page = browse(secretary)
    page.goto(f"/returns/{expected.ref}/")
    page.get_by_role("button", name="Answer on the page").click()
    expect(page.get_by_text("22 not answered yet")).to_be_visible()

    page.evaluate(
        "() => document.querySelectorAll('input[value=never_came]').forEach((each) => each.click())"
    )
    page.evaluate(
        "() => document.querySelectorAll('input[value=still_here]').forEach((each) => each.click())"
    )
    expect(page.get_by_text("Saving…").first).to_be_visible()
    page.get_by_role("button", name="Go on: check and send").click()

    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    page.wait_for_load_state("networkidle")
    intake = Intake.objects.get()
    assert (intake.rows.count(), intake.missing.count()) == (22, 0)


def test_an_answer_given_before_the_script_is_there_is_saved(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
) -> None:
    enrol(authority, school, 3)
    page = browse(secretary)
    page.goto(f"/returns/{expected.ref}/")
    held: list[Route] = []
    page.route("**/neet/app*.js", lambda route: held.append(route))

    page.get_by_role("button", name="Answer on the page").click()
    line = lines_of(page).first
    line.get_by_label("Never came back").check()
    assert held, "the script had not come yet"
    for each in held:
        each.continue_()

    saved(line)
    assert Intake.objects.get().missing.exclude(answer="").count() == 1


def test_an_answer_that_is_not_saved_says_so_and_holds_the_page(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
) -> None:
    enrol(authority, school, 3)
    page = browse(secretary)
    page.add_init_script("console.error = () => {}")  # a lost connection is no fault of the page here
    page.goto(f"/returns/{expected.ref}/")
    page.get_by_role("button", name="Answer on the page").click()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.wait_for_load_state()  # the scripts are there
    page.route("**/pupils/*-*/", lambda route: route.abort())
    lost = lines_of(page).first
    lost.get_by_label("Never came back").check()
    expect(lost.get_by_text("Not saved")).to_be_visible()
    assert_accessible(page)
    page.reload()
    assert asked == ["beforeunload"]

    lost.get_by_label("Never came back").check()
    expect(lost.get_by_text("Not saved")).to_be_visible()
    page.unroute("**/pupils/*-*/")
    lost.get_by_role("button", name="Try again").click()
    saved(lost)
    page.reload()
    assert asked == ["beforeunload"], "what is saved is not asked about"
    assert Intake.objects.get().missing.exclude(answer="").count() == 1
