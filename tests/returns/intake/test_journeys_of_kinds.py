"""In the browser: every kind of return from its file to the register and back, as its sender or the council does it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from tests.browser import assert_accessible
from tests.factories import make_collection, make_expected, make_user
from tests.returns.intake.test_forty_files import World, every_sample, world  # noqa: F401  fixture
from tests.returns.intake.walking import Hand, send_file, worked
from tracking.state.queries import digests

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

SAMPLES = {each.values[0]: each.values[1] for each in reversed(list(every_sample()))}
# These have journeys of their own.
WALKED = {"enrolment", "joiners_leavers", "looked_after", "offers"}
IN_TURN = {"potential_neet", "home_educated"}


def kinds(*, from_elsewhere: bool) -> list:
    """The kinds that come this way, each in the long proof and one always."""
    return [
        pytest.param(each, marks=[] if each in IN_TURN else pytest.mark.assure)
        for each, layout in LAYOUTS.items()
        if each in SAMPLES and each not in WALKED and bool(layout.places) != from_elsewhere
    ]


def taken_back_whole(before: dict[str, tuple[int, str]]) -> list[str]:
    return [table for table, digest in digests().items() if digest != before[table]]


@pytest.mark.parametrize("kind", kinds(from_elsewhere=False))
def test_a_school_sends_it_and_takes_it_back(
    kind: str,
    browse: Callable[[User], Page],
    world: World,  # noqa: F811
    tmp_path: Path,
) -> None:
    name, content, counts = SAMPLES[kind]()
    file = tmp_path / name
    file.write_bytes(content)
    day = date(2026, 10, 12)
    asked = make_collection(world.authority, type=kind, title=LAYOUTS[kind].title, as_at=day, due_on=day)
    expected = make_expected(world.school, asked)
    page = browse(make_user("school_user", world.authority, establishment=world.school))
    hand, before = Hand(page), digests()

    send_file(page, expected, file)
    assert_accessible(page)
    hand.press("Go on: check and send")
    notice = page.get_by_label(re.compile("privacy notice"))
    if notice.count():
        notice.first.check()
        for label, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
            page.get_by_label(label, exact=True).fill(value)
    assert_accessible(page)
    hand.press("Send to")
    worked(page)
    expect(page.get_by_text("Return received")).to_be_visible()
    assert_accessible(page)
    intake = Intake.objects.get()
    assert {each: intake.counts.get(each, 0) for each in counts} == counts

    page.goto(f"/return/{intake.ref}/take-back/")
    page.get_by_label("Why do you take it back?").fill("The wrong file")
    page.get_by_role("button", name="Take it back").click()
    worked(page)
    expect(page.get_by_text("Taken back").first).to_be_visible()
    assert taken_back_whole(before) == []


@pytest.mark.parametrize("kind", kinds(from_elsewhere=True))
def test_the_council_brings_a_list_in(
    kind: str,
    browse: Callable[[User], Page],
    world: World,  # noqa: F811
    tmp_path: Path,
) -> None:
    name, content, counts = SAMPLES[kind]()
    file = tmp_path / name
    file.write_bytes(content)
    page = browse(make_user("mi_officer", world.authority))
    hand = Hand(page)

    page.goto("/lists/")
    page.get_by_role("link", name=re.compile(f"Bring one in.*{LAYOUTS[kind].title}")).click()
    page.get_by_label(LAYOUTS[kind].senders[0]).check()
    for label, value in (("Day", "12"), ("Month", "10"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    if (part := page.get_by_label(re.compile("^No, "))).count():
        part.check()
    page.get_by_label("Choose a file").set_input_files(file)
    assert_accessible(page)
    hand.press("Bring it in")
    worked(page)
    assert_accessible(page)
    hand.press("Go on: check and send")
    assert_accessible(page)
    hand.press("Put it on the register")
    worked(page)

    intake = Intake.objects.get()
    assert intake.is_applied
    assert {each: intake.counts.get(each, 0) for each in counts} == counts
    assert_accessible(page)
