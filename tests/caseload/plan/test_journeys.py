"""In the browser: a council says what it is like, its year is set up and worked through."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.plan.queries.items import tasks_of
from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_council_begins_and_its_year_goes_on(browse, council):
    page = browse(council.lead)

    # five answers, and what is left to say
    page.goto(reverse("council_like"))
    page.get_by_role("radio", name="One service, one meeting").check()
    page.get_by_label("Which service answers where no rule names one?").select_option("NEET support")
    page.get_by_role("radio", name="Three").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. New: 1 kind of meeting")).to_be_visible()
    page.get_by_role("link", name="Plan of the year").last.click()

    # the board, and the list behind a cell
    expect(page.get_by_role("columnheader", name="Autumn term")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=re.compile(r"Due\s*1 of 1\s*, Support, November 2026")).click()
    expect(page.get_by_role("heading", name="1 item", exact=True)).to_be_visible()

    # an item is done; one is added
    page.get_by_role("link", name="Open the campaign for Christmas leavers").click()
    page.get_by_label("In one line").fill("Opened on Monday")
    assert_accessible(page)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Opened on Monday")).to_be_visible()
    page.goto(reverse("add_plan_task", args=[2026]))
    page.get_by_label("What is to be done").fill("Taster day")
    for label, value in (("Day", "11"), ("Month", "2"), ("Year", "2027")):
        page.get_by_label(label, exact=True).fill(value)
    assert_accessible(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“Taster day” is in the plan.")).to_be_visible()

    # who answers, and what waits for a post
    page.get_by_role("link", name="Who answers for what", exact=True).click()
    expect(page.get_by_role("heading", name="Where nobody does")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Add a post").click()
    page.get_by_label("What is the post called?").fill("Service lead")
    page.get_by_label("At which service?").select_option("NEET support")
    page.get_by_label("Who holds it?").select_option("Lee Lead")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Change Service lead, NEET support")).to_be_visible()

    # next year from this one
    page.goto(reverse("set_up_year", args=[2027]))
    named = page.get_by_role("cell", name="Taster day").or_(page.get_by_role("rowheader", name="Taster day"))
    expect(named).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Set up 2027-28").click()
    expect(page.get_by_text("The plan of 2027-28 has")).to_be_visible()
    assert tasks_of(council.authority.pk, 2027).filter(words="Taster day").exists()
