"""Changing a record in a browser: by axe at both widths, on a telephone without script, with script as one types."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible
from tests.factories import make_college, sign_in
from tests.tracking.register.views.editing.test_editing import PAGES, at
from tracking.register.models import Activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def officer_page(browse, officer) -> Page:
    return browse(officer)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_that_changes_a_record_meets_the_accessibility_rules(officer_page, person, whole, name):
    assert officer_page.goto(at(name, person, whole)).ok

    assert_accessible(officer_page)


@pytest.mark.parametrize("name", ["add_person", "open_in_emergency"])
def test_pages_about_nobody_yet_meet_them_too(officer_page, name):
    assert officer_page.goto(reverse(name)).ok

    assert_accessible(officer_page)


def fill_day(page, name, day, month, year):
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}_{part}]").fill(value)


def record_at_college(page, person):
    """From the first question to the saved record."""
    page.goto(reverse("record_activity", args=[person.ref]))
    page.get_by_label("At college, full time").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Where?").fill("weir")
    fill_day(page, "starts_on", "7", "sept", "2026")
    fill_day(page, "predicted_end_on", "30", "6", "2028")
    page.get_by_label("The school, college or provider").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Weir College North").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    expect(page.get_by_text("It counts until 31 August 2027")).to_be_visible()
    page.get_by_role("button", name="Save").click()


def test_an_activity_is_recorded_on_a_telephone_without_script(browser, site, officer, person, client):
    make_college(name="Weir College North")
    make_college(name="Weir College South")
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    cookie = sign_in(client, officer).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page = context.new_page()

    record_at_college(page, person)

    expect(page.get_by_text("It counts until 31 August 2027.").first).to_be_visible()
    context.close()
    assert Activity.objects.get().establishment_name == "Weir College North"


def test_places_appear_while_one_types_and_each_step_is_accessible(officer_page, person):
    make_college(name="Weir College North")
    page = officer_page
    page.goto(reverse("record_activity", args=[person.ref]))
    page.get_by_label("At college, full time").check()
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("Where?").press_sequentially("weir")
    page.get_by_label("Weir College North").check()
    fill_day(page, "starts_on", "7", "9", "2026")
    fill_day(page, "predicted_end_on", "30", "6", "2028")
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
    page.get_by_label("The young person").check()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("Weir College North")).to_be_visible()
    assert_accessible(page)


def test_a_button_pressed_twice_saves_once(officer_page, person):
    page = officer_page
    make_college(name="Weir College North")
    sent = []
    page.on("request", lambda asked: sent.append(asked) if asked.method == "POST" else None)
    record_at_college(page, person)
    last = sent[-1]
    kind = {"content-type": last.headers["content-type"]}
    again = page.request.post(
        last.url, data=last.post_data_buffer, headers=kind
    )  # as a browser sends a form again

    assert again.ok
    assert Activity.objects.count() == 1


def test_confirming_takes_two_presses_from_the_record(officer_page, person, whole):
    page = officer_page
    page.goto(at("confirm_activity", person, whole))
    page.get_by_role("button", name="Confirm").click()

    expect(page.get_by_text("Confirmed. It counts until 31 August 2027.")).to_be_visible()
