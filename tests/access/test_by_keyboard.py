"""A day's work without a mouse: every step is reached with Tab, and what has the focus is seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn
from schools.models import Authority, Establishment
from tests.access.barriers import FOCUS_HIDDEN
from tests.factories import make_authority, make_college, make_person, make_user, seed_reference
from tests.returns.intake.conftest import (
    authority,
    expected,
    kept_here,
    on_a_day_in_september,
    school,
    secretary,
)
from tests.returns.intake.walking import do_work, enrol, lines_of, saved
from tracking.models import Activity

__all__ = ["authority", "expected", "kept_here", "on_a_day_in_september", "school", "secretary"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_a_day_in_september"),
]
FAR = 120  # a page of work has fewer steps
HAS_FOCUS = "one => one === document.activeElement"
IN_ITS_GROUP = "one => one === document.activeElement || one.name === document.activeElement.name"


def reach(page: Page, wanted: Locator, has_it: str = HAS_FOCUS) -> None:
    """Tab until it has the focus, and see that it does."""
    wanted.wait_for(state="attached")
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if wanted.evaluate(has_it):
            assert page.evaluate(FOCUS_HIDDEN) == ""
            return
    raise AssertionError(f"{wanted} is not reached with the Tab key")


def enter(page: Page, wanted: Locator) -> None:
    """Reach a link or button and press Enter."""
    reach(page, wanted)
    page.keyboard.press("Enter")


def write(page: Page, wanted: Locator, words: str) -> None:
    reach(page, wanted)
    page.keyboard.type(words)


def choose(page: Page, wanted: Locator) -> None:
    """Reach one of several answers: Tab to the first of them, arrows to this one."""
    reach(page, wanted, IN_ITS_GROUP)
    for _ in range(FAR):
        if wanted.evaluate(HAS_FOCUS):
            page.keyboard.press("Space")
            return expect(wanted).to_be_checked()
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{wanted} is not reached with the arrows")


def write_day(page: Page, name: str, *parts: str) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        write(page, page.locator(f"[name={name}_{part}]"), value)


def test_an_officer_finds_somebody_records_what_they_do_and_confirms_it(
    browse: Callable[[User], Page],
) -> None:
    seed_reference()
    council = make_authority()
    make_college(name="Weir College North")
    person = make_person(council, given_name="Ada", family_name="Quillfeather")
    page = browse(make_user("tracking_officer", council))
    page.goto("/")
    write(page, page.get_by_role("searchbox"), "quillfeather")
    page.keyboard.press("Enter")
    enter(page, page.get_by_role("link", name="Ada Quillfeather"))
    enter(
        page,
        page.get_by_role("link", name="Record what they do")
        .or_(page.get_by_role("button", name="Record what they do"))
        .first,
    )
    choose(page, page.get_by_label("At college, full time"))
    enter(page, page.get_by_role("button", name="Continue"))
    write(page, page.get_by_label("Where?"), "weir")
    choose(page, page.get_by_label("Weir College North"))
    write_day(page, "starts_on", "7", "9", "2026")
    write_day(page, "predicted_end_on", "30", "6", "2028")
    choose(page, page.get_by_label("The school, college or provider"))
    enter(page, page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    enter(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Quillfeather")

    enter(
        page, page.get_by_role("link", name="Confirm").or_(page.get_by_role("button", name="Confirm")).first
    )
    enter(page, page.get_by_role("button", name="Confirm"))
    expect(page.get_by_text("Confirmed. It counts until")).to_be_visible()
    assert Activity.objects.get(person=person).code == "230"
    assert AuditEvent.objects.filter(kind="register.activities_confirmed").count() == 1


def test_a_school_answers_for_twelve_pupils_and_sends(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
) -> None:
    enrol(authority, school, 12)
    page = browse(secretary)
    page.goto(f"/returns/{expected.ref}/")
    enter(page, page.get_by_role("button", name="Answer on the page"))
    expect(page.get_by_text("12 not answered yet")).to_be_visible()
    for line in lines_of(page).all():
        choose(page, line.get_by_label("Still here"))
        saved(line)
    enter(page, page.get_by_role("button", name="Go on: check and send"))
    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    enter(page, page.get_by_role("button", name="Send to"))
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work()

    expect(page.get_by_text("Your reference")).to_be_visible()
