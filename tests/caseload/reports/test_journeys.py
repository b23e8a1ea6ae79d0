"""In the browser: from the figures to a report, and its files made and kept; on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from caseload.reports.kinds import Kind
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.browser import OneAtATime, ask_now, assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_an_officer_makes_a_report_for_a_meeting(browse, county, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    page = browse(officer)

    page.goto("/figures/")
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_role("heading", name="None yet")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Of whom").select_option("Northby")
    page.get_by_role("button", name="Show the report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Monthly NEET report")
    expect(page.get_by_text("Northby. Frozen.")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Make the PDF and the Excel file").click()
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    assert_accessible(page)
    with OneAtATime.working:
        run(job_id=Job.objects.get(kind=Kind.ASKED).pk)
    ask_now(page)
    page.get_by_role("link", name="Open the report and its files").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel").click()
    assert taken.value.suggested_filename.startswith("monthly_2026-11_district-")
    page.get_by_role("link", name="Reports", exact=True).first.click()
    expect(page.get_by_text("1 report", exact=False).first).to_be_visible()
    page.get_by_label("Report", exact=True).select_option("District board")
    page.get_by_label("Of whom").select_option("Northby")
    page.get_by_role("button", name="Show the report").click()
    expect(page.get_by_role("heading", name="Ends in December 2026")).to_be_visible()
    assert_accessible(page)
