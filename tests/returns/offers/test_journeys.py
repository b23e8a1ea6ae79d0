"""Offers in a browser: a school keeps its Year 11, and a college's file names somebody who is not ours."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response, expect

from neet.accounts.models import User
from tests.browser import assert_accessible
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_person,
    make_school,
    make_user,
    seed_reference,
)
from tests.returns.intake.walking import columns_confirmed, send_file, worked
from tracking.models import Offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
Browse = Callable[[User], Page]


# Somebody quick: whatever stands on the page is changed the moment it stands there.
CHANGES_AT_ONCE = """
    ([label, words]) => {
        const change = () => {
            const found = [...document.querySelectorAll("label")].find((each) => each.textContent.includes(label))
            if (!found?.control?.nextElementSibling) return // not there, or not to its end
            watching.disconnect()
            const list = found.control
            list.value = [...list.options].find((each) => each.text === words).value
            list.dispatchEvent(new Event("change", { bubbles: true }))
        }
        const watching = new MutationObserver(change)
        watching.observe(document, { childList: true, subtree: true })
    }
"""


@pytest.fixture(autouse=True)
def in_spring(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2027-04-20T10:00")
    settings.MEDIA_ROOT = tmp_path
    seed_reference()


def test_a_school_keeps_its_year_11_on_one_page(browse: Browse) -> None:
    council = make_authority()
    school = make_school(name="Hill School", la_code=council.code)
    for given in ("Ada", "Bram", "Cleo"):
        person = make_person(council, given_name=given, family_name="Quill", date_of_birth=date(2011, 1, 5))
        make_activity(person, "110", date(2022, 9, 1), establishment=school)
    page = browse(make_user("school_user", council, establishment=school))

    page.goto("/year-11/")
    expect(page.get_by_role("link", name="Your Year 11")).to_be_visible()
    expect(page.get_by_text("0 of 3 pupils with an offer")).to_be_visible()
    assert_accessible(page)

    ada = page.locator("li.pupil").filter(has_text="Ada Quill")
    ada.get_by_text("Add a place").click()
    ada.get_by_label("Where").fill("Vale College")
    ada.get_by_label("How it stands").select_option("Offer on conditions")
    ada.get_by_role("button", name="Save this place").click()
    expect(ada.get_by_text("Has been offered a place")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        ada.get_by_label("Vale College for Ada Quill: how it stands").select_option("Offer accepted")
    expect(ada.get_by_text("Saved", exact=True)).to_be_visible()
    bram = page.locator("li.pupil").filter(has_text="Bram Quill")
    bram.get_by_label("What worries you").fill("Rarely in")
    bram.get_by_label("What worries you").blur()
    expect(bram.get_by_text("Saved", exact=True)).to_be_visible()

    page.get_by_label("Show").select_option("No application yet")
    page.get_by_role("button", name="Show the list").click()
    expect(page.locator("li.pupil")).to_have_count(2)
    expect(page.get_by_text("1 of 3 pupils with an offer")).to_be_visible()
    assert Offer.objects.get().stage == "accepted"


@pytest.fixture
def kept_by_a_school(browse: Browse) -> Page:
    """The page of a school that keeps its Year 11, one pupil in it, signed in and not yet opened."""
    council = make_authority()
    school = make_school(name="Hill School", la_code=council.code)
    person = make_person(council, given_name="Ada", family_name="Quill", date_of_birth=date(2011, 1, 5))
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    return browse(make_user("school_user", council, establishment=school))


def place_added(page: Page) -> None:
    page.goto("/year-11/")
    page.get_by_text("Add a place").click()
    page.get_by_label("Where").fill("Vale College")
    page.get_by_label("How it stands").select_option("Offer on conditions")
    page.get_by_role("button", name="Save this place").click()


def was_accepted(answer: Response) -> bool:
    return answer.request.method == "POST" and "stage=accepted" in (answer.request.post_data or "")


def test_what_an_answer_brought_is_at_work_as_soon_as_it_is_seen(kept_by_a_school: Page) -> None:
    page = kept_by_a_school
    page.add_init_script(f"({CHANGES_AT_ONCE})(['Vale College', 'Offer accepted'])")

    with page.expect_response(was_accepted):
        place_added(page)

    assert Offer.objects.get().stage == "accepted"


def test_a_line_changed_before_the_scripts_came_is_saved_by_them(kept_by_a_school: Page) -> None:
    page = kept_by_a_school
    place_added(page)
    expect(page.get_by_text("Has been offered a place")).to_be_visible()
    page.add_init_script(f"({CHANGES_AT_ONCE})(['Vale College', 'Offer accepted'])")

    page.goto("/account/")  # the same page once more would be taken for loading it again
    with page.expect_response(was_accepted):
        page.goto("/year-11/")

    assert Offer.objects.get().stage == "accepted"


def test_a_colleges_offers_name_somebody_who_is_not_ours(browse: Browse, tmp_path: Path) -> None:
    council = make_authority()
    college = make_college(name="Vale College", la_code=council.code)
    ada = make_person(council, given_name="Ada", family_name="Quill", date_of_birth=date(2011, 1, 5))
    expected = make_expected(college, make_collection(council, type="offers", as_at=date(2027, 3, 31)))
    file = tmp_path / "ValeCollegeOffers2026-27.csv"
    file.write_text(
        "Council number,Surname,Forename,DOB,Course title,Offer status,Start date,Home LA\n"
        f"{ada.young_person_id},Quill,Ada,05/01/2011,Level 3 Art,Conditional,06/09/2027,\n"
        ",Stranger,Sol,09/09/2010,A levels,Guaranteed,06/09/2027,Barnet\n"
    )
    page = browse(make_user("college_user", council, establishment=college))

    send_file(page, expected, file)
    if page.get_by_role("heading", name="Which column is which?").is_visible():
        columns_confirmed(page)
    expect(page.get_by_text("Kept beside: not on our register")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Go on: check and send").click()
    page.get_by_role("button", name="Send to").click()
    worked(page)
    expect(page.get_by_role("heading", name="Return received")).to_be_visible()
    assert Offer.objects.get().person == ada

    page = browse(make_user("tracking_officer", council))
    page.goto("/returns/offers/")
    expect(page.get_by_role("link", name="Ada Quill")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Offers to young people who are not ours").click()
    expect(page.get_by_role("row").filter(has_text="Sol Stranger")).to_contain_text("Barnet")
    assert_accessible(page)
