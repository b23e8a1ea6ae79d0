"""The figures in a browser: from the number to the people, from the whole to a part; on a desk and on a phone."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.factories import make_activity, make_district, make_person, make_residence, make_user
from tracking.figures.actions import Month, freeze

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_from_the_number_to_the_people(council: Any, browse: Any) -> None:
    north, south = make_district(council, name="Northby"), make_district(council, name="Southby")
    for n, home in enumerate((north, north, south, south, south)):
        person = make_person(council, family_name=f"Person{n}")
        make_residence(person, district=home)
        make_activity(person, "619" if n < 2 else "310", verified_on=date(2026, 9, 9))
    for end in (date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)):
        freeze(month=Month(council.pk, end), by=None)
    page = browse(make_user("tracking_officer", council))

    page.goto("/")
    page.get_by_role("link", name="Figures", exact=True).click()
    expect(page.get_by_role("heading", name="40.0% are NEET or not known")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Month", exact=True).select_option("November 2026")
    page.get_by_role("button", name="Show the figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("November 2026")
    page.get_by_text("Show the figures as a table").click()
    assert_accessible(page)

    page.get_by_role("link", name="Northby", exact=True).click()
    expect(page.get_by_role("heading", name="100.0% are NEET or not known")).to_be_visible()
    page.get_by_role("link", name="2 NEET", exact=True).click()
    expect(page.get_by_role("link", name="Person0, ")).to_be_visible()
    expect(page.get_by_role("link", name="Person2, ")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("link", name="Back to the figures").click()
    expect(page.get_by_role("link", name="District: Northby")).to_be_visible()
