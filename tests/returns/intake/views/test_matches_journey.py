"""Who is who in a browser, with the keyboard alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from returns.intake.models import IntakeRow
from tests.browser import assert_accessible
from tests.factories import make_user
from tests.returns.intake.doubtful import make_waiting, people_called

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def page_of_officer(browse: Any) -> Page:
    return browse(make_user("tracking_officer", make_waiting().authority))


def name_shown(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def press_for_nobody(page: Page, once_more: str) -> None:
    """N; and where somebody is very likely, the answer to the question that follows."""
    is_asked = page.get_by_role("columnheader", name=re.compile("very likely")).count() > 0
    page.keyboard.press("n")
    if is_asked:
        expect(page.get_by_text("is very likely this young person")).to_be_visible()
        assert_accessible(page)
        page.keyboard.press(once_more)


def test_an_officer_decides_by_keys_alone(page_of_officer: Page) -> None:
    page = page_of_officer
    page.goto("/")
    page.get_by_role("link", name=re.compile("may be somebody on the register")).click()
    expect(page.get_by_text("left to decide")).to_contain_text("2 left to decide")
    assert_accessible(page)
    first = name_shown(page)

    page.keyboard.press("s")
    expect(page.get_by_text("comes later")).to_be_visible()
    assert name_shown(page) != first

    page.keyboard.press("1")
    expect(page.get_by_text("left to decide")).to_contain_text("1 left to decide")
    page.keyboard.press("u")
    expect(page.get_by_text("waits again")).to_be_visible()
    expect(page.get_by_text("left to decide")).to_contain_text("2 left to decide")

    press_for_nobody(page, "n")
    expect(page.get_by_text("left to decide")).to_contain_text("1 left to decide")
    page.keyboard.press("u")
    expect(page.get_by_text("waits again")).to_be_visible()
    expect(page.get_by_text("left to decide")).to_contain_text("2 left to decide")
    press_for_nobody(page, "Enter")
    expect(page.get_by_text("left to decide")).to_contain_text("1 left to decide")
    press_for_nobody(page, "n")
    expect(page.get_by_text("Nobody waits for a decision")).to_be_visible()
    assert_accessible(page)
    assert IntakeRow.objects.filter(found="new").count() == 2
    assert len(people_called("Tom")) == 2


def test_keys_can_be_turned_off(page_of_officer: Page) -> None:
    page = page_of_officer
    page.goto("/returns/matches/")
    page.get_by_role("button", name="Turn the keys off").click()
    page.keyboard.press("n")

    expect(page.get_by_role("button", name="Turn the keys on")).to_be_visible()
    expect(page.get_by_text("left to decide")).to_contain_text("2 left to decide")
