"""A cut in a browser: chosen, read, opened; on a desk and on a phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.tracking.exploring.conftest import Autumn

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_from_the_figures_to_a_cut_and_its_people(autumn: Autumn, browse: Any) -> None:
    page = browse(autumn.user("tracking_officer"))

    page.goto("/figures/")
    page.get_by_role("link", name="Your own cut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cut the figures")
    page.get_by_label("What is counted").select_option("NEET or not known")
    page.get_by_label("Columns").select_option("Months, up to 24")
    page.get_by_role("button", name="Show the cut").click()
    expect(page.get_by_role("columnheader", name="Dec 2026")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Columns").select_option("Special educational needs")
    page.get_by_role("button", name="Show the cut").click()
    page.get_by_text("Keep this cut").click()
    page.get_by_label("Name", exact=True).fill("Needs by district")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Needs by district")).to_be_visible()
    page.get_by_role("link", name="What each district would have to do").click()
    expect(page.get_by_role("row", name="Southby")).to_be_visible()
    assert_accessible(page)
    page.go_back()
    page.get_by_role("row", name="Southby").get_by_role("link").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("NEET or not known")
    expect(page.get_by_role("link", name="Person").first).to_be_visible()
