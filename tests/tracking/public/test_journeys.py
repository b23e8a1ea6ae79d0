"""Public figures in a browser: put forward, signed off by somebody else, read without an account, taken back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.factories import make_user
from tests.tracking.released.conftest import County
from tracking.public.actions import open_figures

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_month_goes_out_and_comes_back(county: County, browse: Any) -> None:
    officer, manager = make_user("mi_officer", county.authority), make_user("manager", county.authority)
    open_figures(authority=county.authority, open_to="everybody", needs_other=True, by=manager)
    page = browse(officer)
    page.goto("/figures/public/")
    expect(page.get_by_role("heading", name="No month is public")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Month").select_option("September 2026")
    page.get_by_role("button", name="Put it forward").click()
    expect(page.get_by_text("Somebody else looks at it")).to_be_visible()
    assert_accessible(page)
    month = page.url

    browse(manager)
    page.goto(month)
    page.get_by_role("button", name="Sign off").or_(page.get_by_role("link", name="Sign off")).first.click()
    page.get_by_role("button", name="Sign off and make public").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("I have looked at the tables and the files").check()
    page.get_by_role("button", name="Sign off and make public").click()
    expect(page.get_by_text("Signed off. The month is public")).to_be_visible()

    kept = page.context.cookies()
    page.context.clear_cookies()
    page.goto(f"/public/{county.authority.code}/")
    assert_accessible(page)
    page.get_by_role("link", name="September 2026").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert_accessible(page)
    outside = page.url

    page.context.add_cookies(kept)
    page.goto(month)
    page.get_by_role("link", name="Take it back").or_(
        page.get_by_role("button", name="Take it back")
    ).first.click()
    assert_accessible(page)
    page.get_by_label("Why").fill("A district was counted twice")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back. Nobody without an account")).to_be_visible()
    assert_accessible(page)
    page.context.clear_cookies()
    assert page.goto(outside).status == 404
    assert_accessible(page)
