"""The gallery in a browser: every part in every state, at desk width and on a small telephone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from neet.ui import samples
from tests.browser import DESK, PHONE, assert_accessible

pytestmark = pytest.mark.browser
WEB = sorted(set(samples.SHEETS) - {"print"})


@pytest.fixture
def gallery(page: Page, settings: Any) -> Page:
    settings.DEMO = True
    return page


@pytest.mark.parametrize("sheet", WEB)
def test_sheet_meets_the_accessibility_rules(sheet: str, gallery: Page) -> None:
    gallery.goto(f"/gallery/{sheet}/")

    assert_accessible(gallery)


def test_list_with_filters_and_refusal_meets_the_rules(gallery: Page) -> None:
    gallery.goto("/gallery/lists/?status=due&school=1&sort=-school&page=3")

    assert_accessible(gallery)


@pytest.mark.parametrize("pace", ["waiting", "failed"])
def test_every_state_of_long_work_meets_the_rules(pace: str, gallery: Page) -> None:
    gallery.goto(f"/gallery/progress/?pace={pace}")

    assert_accessible(gallery)


@pytest.mark.parametrize("sheet", ["lists", "record", "wrong-form"])
def test_focus_is_always_seen_and_never_hidden(sheet: str, gallery: Page) -> None:
    gallery.goto(f"/gallery/{sheet}/")
    gallery.evaluate("document.activeElement.blur()")

    seen = 0
    for _ in range(60):
        gallery.keyboard.press("Tab")
        found = gallery.evaluate(FOCUSED)
        if found is None:
            break
        seen += 1
        assert found["inside"], f"focus is off the screen: {found['html']}"
        assert found["shown"], f"focus cannot be seen: {found['html']}"
    assert seen > 3


FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const at = one.getBoundingClientRect(), look = getComputedStyle(one)
  const label = one.labels && one.labels[0] ? getComputedStyle(one.labels[0], "::before") : look
  const drawn = (style) => style.outlineStyle !== "none" || style.boxShadow !== "none"
  const middle = document.elementFromPoint(at.x + at.width / 2, Math.min(at.y + at.height / 2, innerHeight - 1))
  return {
    html: one.outerHTML.slice(0, 120),
    inside: at.bottom > 0 && at.top < innerHeight && (at.height > innerHeight || !middle || one.contains(middle)
      || middle.contains(one) || [...(one.labels || [])].some((each) => each.contains(middle))),
    shown: drawn(look) || drawn(label),
  }
}"""


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("sheet", ["lists", "parts", "wrong-form"])
def test_targets_are_at_least_24_pixels(sheet: str, size: Any, gallery: Page) -> None:
    gallery.set_viewport_size(size)
    gallery.goto(f"/gallery/{sheet}/")

    small = gallery.evaluate(SMALL_TARGETS)

    assert not small


# Links inside a sentence are excepted by the rule (2.5.8); a tick box is as large as its label.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, summary")].filter((one) => {
  if (one.type === "hidden" || one.closest("p, dd, h1, .govuk-skip-link, li.govuk-breadcrumbs__list-item")) return false
  const box = (one.closest("label") || one).getBoundingClientRect()
  return box.width > 0 && (box.height < 24 || box.width < 24) && !one.closest("td, th, .empty, .buttons")
}).map((one) => one.outerHTML.slice(0, 100))"""


def test_skip_link_leads_to_the_page_itself(gallery: Page) -> None:
    gallery.goto("/gallery/lists/")

    gallery.keyboard.press("Tab")
    expect(gallery.locator(".govuk-skip-link")).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#main")).to_be_focused()


def test_error_summary_takes_the_focus_and_leads_to_the_field(gallery: Page) -> None:
    gallery.goto("/gallery/wrong-form/")

    expect(gallery.locator(".govuk-error-summary")).to_be_focused()
    gallery.get_by_role("link", name="Date of birth must be a real date").click()
    expect(gallery.get_by_label("Day")).to_be_focused()


def test_ticking_all_ticks_and_counts_every_row(gallery: Page) -> None:
    gallery.goto("/gallery/lists/")

    gallery.get_by_label("Tick all on this page").check()
    expect(gallery.locator("[data-ticked]")).to_have_text("5 ticked")
    gallery.get_by_label("Tom Nobody").uncheck()
    expect(gallery.locator("[data-ticked]")).to_have_text("4 ticked")


def test_filters_fold_away_on_a_telephone_and_stand_open_on_a_desk(gallery: Page) -> None:
    gallery.goto("/gallery/lists/")
    expect(gallery.get_by_label("Status", exact=True)).to_be_visible()

    gallery.set_viewport_size(PHONE)
    expect(gallery.get_by_label("Status", exact=True)).to_be_hidden()
    gallery.get_by_text("Filter this list").first.click()
    expect(gallery.get_by_label("Status", exact=True)).to_be_visible()


def test_filters_work_by_the_address_alone(gallery: Page) -> None:
    gallery.goto("/gallery/lists/")

    gallery.get_by_label("Status", exact=True).select_option("due")
    gallery.get_by_role("button", name="Show the list").click()
    assert "status=due" in gallery.url
    gallery.get_by_role("link", name="Remove this filter").click()
    assert "status=due" not in gallery.url


def test_long_work_asks_again_by_itself(gallery: Page) -> None:
    gallery.goto("/gallery/progress/?pace=running")

    with gallery.expect_request("**/gallery/progress/?pace=running"):
        expect(gallery.locator("#progress")).to_be_visible()
    expect(gallery.locator("#progress")).to_have_count(1)


def test_everything_can_be_read_without_scripts(gallery: Page, site: str, settings: Any) -> None:
    context = gallery.context.browser.new_context(java_script_enabled=False, base_url=site, viewport=PHONE)  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto("/gallery/lists/")

    expect(plain.get_by_role("link", name="Register")).to_be_visible()
    expect(plain.get_by_label("Status", exact=True)).to_be_visible()
    expect(plain.get_by_label("Ann Other")).to_be_visible()
    context.close()


def test_colours_forced_by_the_reader_leave_everything_visible(gallery: Page) -> None:
    gallery.emulate_media(forced_colors="active")
    gallery.goto("/gallery/parts/")

    bordered = gallery.locator(".tag").first.evaluate("one => getComputedStyle(one).borderTopStyle")
    assert bordered == "solid"
    gallery.goto("/gallery/charts/")
    axis = gallery.locator(".chart text").first.evaluate("one => getComputedStyle(one).fill")
    paper = gallery.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert axis != paper


def test_page_asked_to_keep_still_keeps_still(gallery: Page) -> None:
    gallery.emulate_media(reduced_motion="reduce")
    gallery.goto("/gallery/parts/")

    moving = gallery.evaluate(
        "() => [...document.querySelectorAll('*')]"
        ".filter((one) => getComputedStyle(one).transitionDuration !== '0s').length"
    )
    assert moving == 0


def test_printed_page_leaves_the_furniture_out(gallery: Page) -> None:
    gallery.goto("/gallery/lists/")
    gallery.emulate_media(media="print")

    expect(gallery.locator(".govuk-service-navigation")).to_be_hidden()
    expect(gallery.locator(".filters")).to_be_hidden()
    expect(gallery.get_by_role("cell", name="River College").first).to_be_visible()


def test_letters_of_welsh_and_polish_names_come_from_the_same_font(gallery: Page) -> None:
    gallery.goto("/gallery/record/")

    assert gallery.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter', 'ŴŁ'))")
    loaded = gallery.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').length")
    assert loaded == 2
