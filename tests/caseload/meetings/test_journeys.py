"""In the browser: a district lead's meeting, from the proposed agenda to the next month's."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.meetings.models import AgendaItem, Decision, Meeting
from caseload.reviews.models import Review
from tests.browser import assert_accessible
from tests.caseload.meetings.invented import Council, make_type

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_district_leads_meeting(browse, council: Council) -> None:
    council.type.minutes = 16  # time for two
    council.type.save()
    for name in ("Ada Ambler", "Bram Brook"):
        council.case(name)
    for number in range(5):
        council.case(
            f"Quiet Person{number}", since=date(2026, 8, 3), heard_on=date(2026, 11, 12), offer="telephone"
        )
    page = browse(council.lead)

    # planned, and the agenda proposed
    page.goto(reverse("meetings"))
    page.get_by_role("button", name="Plan the usual days").click()
    page.get_by_label("District NEET meeting, North").first.check()
    page.get_by_role("button", name="Plan the ticked").click()
    page.get_by_role("link", name="District NEET meeting").click()
    page.get_by_role("button", name="Propose the agenda").click()
    expect(page.get_by_role("heading", name="To talk about: 2")).to_be_visible()
    expect(page.get_by_role("heading", name="To note: 5")).to_be_visible()
    assert_accessible(page)

    # the pack
    with page.expect_download(timeout=60_000) as got:
        page.get_by_role("button", name="Take the pack (PDF)").click(timeout=60_000)
    assert got.value.suggested_filename == "meeting-pack-2026-11-24.pdf"

    # the room: two are talked about, by keyboard from one to the next
    page.get_by_role("button", name="Open the meeting").click()
    assert_accessible(page)
    page.get_by_role("button", name="Go on with the next case").click()
    page.get_by_label("Outcome, in one line").fill("Visits the college on Monday")
    page.get_by_label("Decided: what is to be done?").fill("Ring the college")
    page.get_by_text("Saved", exact=True).wait_for()
    page.get_by_label("By whom?").select_option("Dana Lead")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("heading", name="Decided today").wait_for()
    assert_accessible(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("ArrowRight")
    page.get_by_text("2 of 2").wait_for()
    page.get_by_label("Decided: what is to be done?").fill("Write to them")
    page.get_by_label("By whom?").select_option("Dana Lead")
    page.get_by_role("button", name="Decide").click()
    page.get_by_role("heading", name="Decided today").wait_for()
    page.get_by_role("link", name="Overview").click()

    # the rest in one act, and the end
    page.get_by_role("button", name="Note the rest in one act").click()
    expect(page.get_by_text("5 young people noted.")).to_be_visible()
    page.get_by_role("button", name="Close the meeting").click()
    page.get_by_role("button", name="Close the meeting").click()
    expect(page.get_by_text("Visits the college on Monday")).to_be_visible()
    assert_accessible(page)
    assert AgendaItem.objects.filter(settled_at=None).count() == 0
    assert not Review.objects.exists()

    # one of the two is done, and next month opens with both
    page.goto(reverse("decisions"))
    page.get_by_role("link", name="Done: Ring the college", exact=False).click()
    page.get_by_label("What came of it?").fill("They begin in January")
    with page.expect_navigation():
        page.get_by_role("button", name="Mark as done").click()
    assert Decision.objects.get(words="Ring the college").task.done_at
    page.goto(reverse("plan_meetings"))
    page.get_by_label("District NEET meeting, North").first.check()
    page.get_by_role("button", name="Plan the ticked").click()
    following = Meeting.objects.get(held_on=date(2026, 12, 23))
    page.goto(reverse("meeting", args=[following.ref]))
    expect(page.get_by_text("2 things were decided: 1 done, 1 not done.")).to_be_visible()
    page.get_by_role("button", name="Propose the agenda").click()
    expect(page.get_by_text("Decided last time, not done").first).to_be_visible()


def test_a_lost_connection_loses_no_line(browse, council: Council) -> None:
    council.case("Ada Ambler")
    meeting = council.opened()
    page = browse(council.lead)
    page.add_init_script("console.error = () => {}")  # a lost connection is no fault of the page here
    page.goto(reverse("room_item", args=[meeting.ref, 1]))

    page.context.set_offline(True)
    page.get_by_label("Outcome, in one line").fill("Visits the college")
    page.get_by_label("Decided: what is to be done?").click()
    page.get_by_text("Not saved").wait_for()
    page.get_by_label("Decided: what is to be done?").fill("Ring the college")
    page.get_by_label("By whom?").select_option("Dana Lead")
    page.get_by_role("button", name="Decide").click()
    page.locator("#decisions [data-said]").get_by_text("Not saved").wait_for()
    assert not meeting.items.get().outcome

    page.context.set_offline(False)  # what was not sent goes by itself

    page.get_by_text("Saved", exact=True).wait_for()
    page.get_by_role("heading", name="Decided today").wait_for()
    item = meeting.items.get()
    assert (item.outcome, item.decisions.get().words) == ("Visits the college", "Ring the college")


def test_the_other_pages_are_accessible(browse, council: Council) -> None:
    council.case("Ada Ambler")
    meeting = council.opened(type=make_type(council.authority, has_outsiders=True))
    page = browse(council.lead)
    council.authority.provision_gaps.create(sector="Construction")

    for address in (
        reverse("meetings"),
        reverse("plan_meetings"),
        reverse("meeting_types"),
        reverse("meeting_people", args=[meeting.ref]),
        reverse("decisions"),
        reverse("plans_not_discussed"),
        reverse("gaps"),
        reverse("add_gap"),
        reverse("add_meeting_type"),
        reverse("close_room", args=[meeting.ref]),
    ):
        page.goto(address)
        assert_accessible(page)
