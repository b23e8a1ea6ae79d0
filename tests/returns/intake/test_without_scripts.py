"""A school's return without scripts, and sent with a second click or the back button."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from neet.accounts.models import User
from neet.jobs.models import Job
from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.browser import DESK
from tests.factories import sign_in
from tests.returns.intake.walking import columns_confirmed, do_work, enrol, export, send_file

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_a_day_in_september"),
]


@pytest.fixture
def plain_page(browser: Browser, site: str, secretary: User) -> Iterator[Page]:
    """The secretary's browser with scripts turned off."""
    from django.test import Client

    cookie = sign_in(Client(), secretary).cookies["sessionid"].value
    context = browser.new_context(base_url=site, viewport=DESK, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    yield context.new_page()
    context.close()


def test_all_of_it_works_without_scripts(
    plain_page: Page,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    people = enrol(authority, school, 5)
    page = plain_page
    page.goto(f"/returns/{expected.ref}/")
    page.get_by_label("Choose a file").set_input_files(export(people[:4], tmp_path, row1_6="31/02/2009"))
    page.get_by_role("button", name="Send the file").click()
    do_work()
    page.get_by_role("link", name="Refresh").click()
    page.get_by_role("button", name="Save and check the rows").click()
    do_work()
    page.get_by_role("link", name="Refresh").click()
    row = page.get_by_role("listitem").filter(has_text="Row 3:")
    row.get_by_label("Date of birth").fill(f"{people[1].date_of_birth:%d/%m/%Y}")
    row.get_by_role("button", name="Save row 3").click()
    expect(page.get_by_role("heading", name="4 rows fine, none needs you")).to_be_visible()

    page.get_by_role("button", name="Answer for them").click()
    page.get_by_label("Left").check()
    page.get_by_role("button", name="Save and go back").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for label, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Save and go back").click()
    page.get_by_role("button", name="Go on: check and send").click()
    page.get_by_role("button", name="Send to").click()
    do_work()
    page.get_by_role("link", name="Refresh").click()

    expect(page.get_by_text("Your reference")).to_be_visible()


def test_a_page_of_answers_is_sent_whole_without_scripts(
    plain_page: Page, expected: ExpectedReturn, authority: Authority, school: Establishment
) -> None:
    enrol(authority, school, 22)
    page = plain_page
    page.goto(f"/returns/{expected.ref}/")
    page.get_by_role("button", name="Answer on the page").click()
    for each in page.get_by_label("Still here").all():
        each.check()
    page.get_by_role("button", name="Go on: check and send").click()

    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    intake = Intake.objects.get()
    assert (intake.rows.count(), intake.missing.count()) == (22, 0)


def test_a_second_click_and_the_back_button_send_it_once(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    page = browse(secretary)
    send_file(page, expected, export(enrol(authority, school, 3), tmp_path))
    columns_confirmed(page)
    page.get_by_role("button", name="Go on: check and send").click()
    page.get_by_role("button", name="Send to").dblclick()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    page.go_back()
    if page.get_by_role("button", name="Send to").count():
        page.get_by_role("button", name="Send to").click()
    do_work()
    page.goto("/")

    assert Job.objects.filter(kind="intake.applied").count() == 1
    assert Intake.objects.filter(state="confirmed").count() == 1
