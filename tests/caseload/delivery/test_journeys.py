"""Reports that come regularly in a browser: asked for, made, fetched, left to rest and ended."""

from typing import Any

import pytest
from playwright.sync_api import expect

from neet import clock
from tests.browser import assert_accessible
from tests.caseload.delivery.test_delivery import delivered, signed
from tests.tracking.exploring.conftest import NOVEMBER, Autumn

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_report_comes_regularly_until_it_is_ended(autumn: Autumn, browse: Any) -> None:
    page = browse(autumn.user("mi_officer"))
    page.goto("/reports/sent/")
    expect(page.get_by_role("heading", name="Nothing has been made for you yet")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Have a report come regularly").click()
    page.get_by_role("button", name="Have it come").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("What do you want regularly?").select_option("progression")
    page.get_by_label("Of whom").select_option(index=1)
    page.locator("input[name=every][value=month]").check()
    page.get_by_role("button", name="Have it come").click()
    expect(page.get_by_text("It comes regularly from now on")).to_be_visible()

    signed(autumn, NOVEMBER)
    assert delivered(clock.today())["asked"] == 1
    page.reload()
    expect(page.get_by_text("Not opened yet")).to_be_visible()
    assert_accessible(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="PDF").click()
    assert fetched.value.path().read_bytes().startswith(b"%PDF")
    page.reload()
    expect(page.get_by_text("Not opened yet")).to_have_count(0)

    page.get_by_role("button", name="Let it rest").click()
    expect(page.get_by_text("Rests")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
