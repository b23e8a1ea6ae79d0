"""In the browser: a district lead opens the month, settles a conflict and hands cases to a worker."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.allocation.models import Case, MonthRun
from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_district_lead_opens_a_month_and_solves_a_conflict(
    browse, authority, lead, caseworker, services, neet
):
    neet(given_name="Ada", family_name="Ambler")
    neet("110", "170", given_name="Bram", family_name="Brook")
    page = browse(lead)

    page.goto(reverse("home"))
    page.get_by_role("link", name="Open November 2026").click()
    assert_accessible(page)
    page.get_by_role("button", name="Open November 2026").click()
    expect(page.get_by_text("November 2026 is open: 2 young people on its list.")).to_be_visible()
    assert MonthRun.objects.get().opened_by == lead
    assert_accessible(page)

    page.get_by_role("link", name="1 to be decided").click()
    expect(page.get_by_text("a circumstance that is not shown to you").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Decide about Bram Brook").click()
    page.get_by_label("Virtual school").check()
    page.get_by_label("Why?").fill("Both services agreed by telephone")
    assert_accessible(page)
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("Virtual school answers for Bram Brook.")).to_be_visible()
    expect(page.get_by_text("Both services agreed by telephone")).to_be_visible()
    assert_accessible(page)

    page.goto(reverse("cases"))
    page.get_by_role("link", name="NEET support", exact=True).first.click()
    page.get_by_label("Ada Ambler").check()
    page.get_by_label("Give the ticked to").select_option(label=caseworker.name)
    assert_accessible(page)
    page.get_by_role("button", name="Give them").click()
    expect(page.get_by_text(f"1 case given to {caseworker.name}.")).to_be_visible()
    assert Case.objects.get(person__given_name="Ada").worker == caseworker

    page.goto(reverse("council_of_cases"))
    assert_accessible(page)
