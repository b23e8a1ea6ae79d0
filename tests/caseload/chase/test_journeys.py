"""In the browser: a tracking officer's morning in September, and one in January with a hub and a supervisor."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from caseload.chase.models import Attempt
from tests.browser import assert_accessible
from tests.factories import (
    make_activity,
    make_collection,
    make_contact,
    make_expected,
    make_person,
    make_responsible,
    sign_in,
)
from tracking.models import Activity, Claim, Confirmation, Responsibility

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_tracking_officer_s_morning_in_september(browse, town, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-09-21T09:30")
    waiting = make_person(town.authority, given_name="Walt", family_name="Waits")
    make_activity(waiting, "230", date(2025, 9, 1), establishment=town.college)
    make_expected(town.college, make_collection(town.authority))
    ada = town.lost(since=date(2026, 7, 1), given_name="Ada", family_name="Ambler")
    bram = town.lost(since=date(2026, 8, 20), given_name="Bram", family_name="Brook")
    make_contact(ada, whose="parent", name="Pa Ambler")
    for each in (ada, bram, waiting):
        make_responsible(each, user=town.officer, kind="tracking")
    page = browse(town.officer)

    # the first page counts two calls; who waits for the college's return is not among them
    page.goto(reverse("home"))
    page.get_by_role("link", name="2 to call now").click()
    expect(page.get_by_role("heading", name="My calls today")).to_be_visible()
    assert page.get_by_text("Walt Waits").count() == 0
    assert_accessible(page)
    page.get_by_role("link", name="Waiting for returns").click()
    expect(page.get_by_text("1 waits on 1 return")).to_be_visible()
    assert_accessible(page)

    # a call from the list, without leaving it
    page.get_by_role("link", name="Calls", exact=True).last.click()
    page.get_by_role("link", name="Write down a call to Bram Brook").click()
    page.get_by_role("button", name="Left a message").click()
    page.get_by_text("Written down").wait_for()
    assert_accessible(page)
    expect(page.get_by_role("heading", name="My calls today")).to_be_visible()

    # the first card, by keyboard: rung in vain, the parent's number comes next; what she says is recorded
    page.get_by_role("button", name="Call the first one").click()
    page.get_by_role("heading", name="Ada Ambler").wait_for()
    page.get_by_text("Nobody else at their address").wait_for()
    assert_accessible(page)
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("heading", name="Ada Ambler").click()
    page.keyboard.press("1")
    page.get_by_role("heading", name="What are they doing?").wait_for()
    page.get_by_role("radio", name="Looking for work, a course or training").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("group", name="Since when?").get_by_label("Day").fill("1")
    page.get_by_role("group", name="Since when?").get_by_label("Month").fill("9")
    page.get_by_role("group", name="Since when?").get_by_label("Year").fill("2026")
    page.get_by_role("radio", name="A parent or carer").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Nobody else is to be called now.").wait_for()
    assert_accessible(page)

    assert list(Attempt.objects.order_by("pk").values_list("person__given_name", "outcome", "asked")) == [
        ("Bram", "message_left", "young_person"), ("Ada", "learned", "parent"),
    ]  # fmt: skip
    assert Activity.objects.get(person=ada, code="619").confirmations.get().source == "parent"


def test_a_morning_in_january_with_a_hub_and_a_supervisor(browse, town, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-01-12T09:30")
    left = town.lost(since=date(2025, 12, 20), given_name="Lark", family_name="Left")
    there = [town.apprentice(date(2025, 1, 20), date(2024, 9, 1)) for _ in range(3)]
    for each in there:
        said = {"said_on": date(2026, 1, 8), "said_by": "young_person", "channel": "survey"}
        Claim.objects.create(person=each, code="310", **said)
    for _ in range(2):
        town.apprentice(date(2025, 1, 18), date(2024, 9, 1))
    page = browse(town.worker)

    # a hub knows somebody
    page.goto(reverse("home"))
    page.get_by_role("button", name="Look through the names").click()
    assert_accessible(page)
    page.get_by_role("link", name="I know Lark Left").click()
    page.get_by_label("What do they do?").select_option(label="At college, full time")
    page.get_by_label("Where? (optional)").fill("Ambleford College")
    assert_accessible(page)
    page.get_by_role("button", name="Tell the tracking team").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()

    # what was said waits: three say what is recorded and are taken together, the tip one by one
    page = browse(town.chief)
    page.goto(reverse("home"))
    page.get_by_role("link", name="4 answers to confirm").click()
    assert_accessible(page)
    page.get_by_label("Tick all on this page").check()
    page.get_by_role("button", name="Take the ticked").click()
    expect(page.get_by_text("3 answers confirmed what is recorded. 1 says something else")).to_be_visible()
    page.get_by_role("link", name="Decide about what was said of Lark Left").click()
    assert_accessible(page)
    page.get_by_label("Why do you set it aside?").fill("Rings her first")
    page.get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("No answer waits")).to_be_visible()
    assert Confirmation.objects.filter(verified_on=date(2026, 1, 8), source="survey").count() == 3

    # a college clears its own on one page
    page.get_by_role("link", name="By provider").click()
    page.get_by_role("link", name="Ambleford College").click()
    assert_accessible(page)
    page.get_by_label("Tick all on this page").check()
    page.get_by_role("button", name="Confirm the ticked").click()
    page.get_by_role("radio", name="The school, college or provider").check()
    page.get_by_role("button", name="Confirm them").click()
    expect(page.get_by_role("heading", name="Ambleford College")).to_be_visible()
    assert Confirmation.objects.filter(verified_on=date(2026, 1, 12), source="provider").count() == 2

    # the supervisor shares the calls out
    page.goto(reverse("calls_shared"))
    page.get_by_label("Tess Tracker").check()
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_text("1 young person would be shared out")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Share them out").click()
    expect(page.get_by_text("shared out among 1 officer.")).to_be_visible()
    assert Responsibility.objects.get(person=left, ends_on=None).user == town.officer
    page.goto(reverse("calls_to_move"))
    assert_accessible(page)
    page.goto(reverse("calls_late"))
    assert_accessible(page)
    assert sign_in(Client(), town.officer).get(reverse("next_call"))["Location"] == reverse(
        "call", args=[left.ref]
    )
