"""The register in a browser: every page by axe at desk width and on a telephone, and the roads people take."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.factories import make_authority, make_objection, make_person, make_user, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def officer(browse, council) -> Page:
    return browse(make_user("tracking_officer", council.authority))


@pytest.mark.parametrize("part", ["", "activities/", "contact/", "notes/", "tasks/", "history/"])
def test_every_page_of_a_record_meets_the_accessibility_rules(part, council, officer):
    make_objection(council.ada)
    officer.goto(f"/people/{council.ada.ref}/{part}")

    assert_accessible(officer)


@pytest.mark.parametrize(
    "address", ["/", "/register/", "/register/?status=NEET", "/register/?status=EET&year=13"]
)
def test_home_and_lists_meet_the_accessibility_rules(address, council, officer):
    officer.goto(address)

    assert_accessible(officer)


@pytest.mark.parametrize("role", ["mi_officer", "tracking_officer"])
def test_the_first_page_of_a_council_without_young_people_says_what_comes_next(browse, role):
    officer = browse(make_user(role, make_authority()))
    officer.goto("/")

    expect(officer.get_by_role("heading", name="No young people yet")).to_be_visible()
    assert_accessible(officer)


def test_pages_of_other_roles_meet_the_accessibility_rules(browse, council):
    manager = browse(make_user("manager", council.authority))
    manager.goto(f"/people/{council.ada.ref}/")
    assert_accessible(manager)

    pupil_list = browse(make_user("school_user", council.authority, establishment=council.school))
    pupil_list.goto("/register/")
    assert_accessible(pupil_list)


def test_an_officer_finds_somebody_misspelt_and_opens_the_record(council, officer):
    make_person(council.authority, given_name="Ida", family_name="Quill")
    officer.goto("/")
    officer.get_by_role("searchbox").fill("quilfeather ada")
    officer.get_by_role("button", name="Find").click()

    assert "quil" not in officer.url.lower()
    assert_accessible(officer)
    officer.get_by_role("link", name="Ada Quillfeather").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Ada Quillfeather")
    expect(officer.get_by_text("confirmed it on 3 October 2026")).to_be_visible()


def test_filters_stay_in_the_address_and_are_taken_away_one_by_one(council, officer):
    officer.goto("/register/")
    officer.get_by_label("Status").select_option("NEET")
    officer.get_by_role("button", name="Show the list").click()

    expect(officer.get_by_text("No young people match")).to_be_visible()
    assert "status=NEET" in officer.url
    officer.get_by_role("link", name="Remove this filter, Status: NEET").click()
    expect(officer.get_by_role("link", name="Quillfeather, Ada")).to_be_visible()


def test_a_number_on_the_first_page_opens_its_list(council, officer):
    officer.goto("/")
    officer.get_by_role("link", name="1 young person in all").click()

    expect(officer.get_by_role("link", name="Quillfeather, Ada")).to_be_visible()


def test_a_manager_says_why_and_the_record_opens(browse, council):
    page = browse(make_user("manager", council.authority))
    page.goto(f"/people/{council.ada.ref}/")
    page.get_by_role("button", name="Open the record").click()
    expect(page.get_by_text("There is a problem")).to_be_visible()

    page.get_by_label("Why do you open this record?").fill("A complaint to look into")
    page.get_by_role("button", name="Open the record").click()

    expect(page.get_by_role("heading", name="What they do now")).to_be_visible()


def test_the_record_works_without_scripts(council, browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    cookie = sign_in(Client(), make_user("tracking_officer", council.authority)).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
    page = context.new_page()

    page.goto("/register/?status=EET")
    page.get_by_role("link", name="Quillfeather, Ada").click()
    page.get_by_role("link", name="History").click()

    expect(page.get_by_text("Started: At college, full time")).to_be_visible()
    context.close()
