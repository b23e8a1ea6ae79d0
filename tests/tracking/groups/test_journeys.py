"""A group in a browser: named, said line by line, used, and taken away."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.tracking.exploring.conftest import Autumn

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_group_is_named_said_used_and_taken_away(autumn: Autumn, browse: Any) -> None:
    page = browse(autumn.user("mi_officer"))
    page.goto("/figures/groups/")
    expect(page.get_by_role("heading", name="No groups yet")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Name a group").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Name of the group").fill("Young men")
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("button", name="Add this line").click()
    expect(page.get_by_role("link", name="Choose at least one")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Who belongs?").select_option(label="Male")
    page.get_by_role("button", name="Add this line").click()
    expect(page.get_by_role("rowheader")).to_contain_text("Male")
    assert_accessible(page)

    page.get_by_role("link", name="Cut them your own way").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cut the figures")
    page.goto("/figures/groups/")
    assert_accessible(page)
    page.get_by_role("link", name="Young men").click()
    page.get_by_role("button", name="Take the group away").click()
    expect(page.get_by_role("heading", name="No groups yet")).to_be_visible()
