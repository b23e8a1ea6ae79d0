"""A month in a browser: check, mend, build, download, mark as sent; the work is done between the pages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.nccis.actions import Month, check_month
from tests.browser import OneAtATime, ask_now, assert_accessible
from tests.factories import make_person
from tests.returns.nccis.conftest import make_faulty

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def do_work(page: Page) -> None:
    """What a worker does, in the transaction of this test; the page learns of it."""
    with OneAtATime.working:
        for job in Job.objects.filter(state="waiting").order_by("pk"):
            jobs.run(job_id=job.pk)
    ask_now(page)


@pytest.fixture
def page_of_officer(officer: Any, browse: Any) -> Page:
    return browse(officer)


def test_a_month_from_the_check_to_the_dfe(october: Month, page_of_officer: Page, tmp_path: Path) -> None:
    page = page_of_officer
    person = make_faulty(october.authority, given_name="Juno", family_name="Farrow")
    page.goto("/")
    page.get_by_role("link", name="Check all records").click()
    page.get_by_role("button", name="Check all records").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    assert_accessible(page)

    do_work(page)
    expect(page.get_by_text("1 young person is in the file")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Gender is empty.").click()
    expect(page.get_by_role("link", name="Farrow, Juno")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_role("link", name="October 2026")).to_have_attribute("href", "/month/2026-10/")
    page.get_by_role("link", name="Mend the record of Juno Farrow").click()
    page.get_by_role("radio", name="Male M", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Juno Farrow")

    page.goto("/month/2026-10/")
    page.get_by_role("button", name="Check again").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    expect(page.get_by_role("link", name="Gender is empty.")).to_have_count(0)

    page.get_by_role("button", name="Freeze the month").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)
    expect(page.get_by_role("button", name="Freeze the month again")).to_be_visible()

    page.get_by_role("button", name="Build the file").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)
    page.get_by_role("button", name="Sign the file off").click()
    expect(page.get_by_role("heading", name="Sign the file off")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("checkbox", name="I have looked at the figures").check()
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_role("alert").get_by_text("Enter why you sign off your own work")).to_be_visible()
    page.get_by_label("Why do you sign off your own work?").fill("There is nobody else")
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_role("button", name="Mark as sent")).to_be_visible()
    assert_accessible(page)

    with page.expect_download() as handed_out:
        page.get_by_role("link", name="Download the file built").click()
    handed_out.value.save_as(tmp_path / "downloaded.xml")
    made = str(tmp_path / "made.xml")
    with OneAtATime.working:
        call_command(
            "build_nccis", "--authority", october.authority.code, "--month", "2026-10", "--out", made
        )
    assert (tmp_path / "downloaded.xml").read_bytes() == Path(made).read_bytes()
    assert person.young_person_id.encode() in Path(made).read_bytes()

    page.get_by_role("button", name="Mark as sent").first.click()
    expect(page.get_by_text("The file for October 2026 went to the DfE")).to_be_visible()
    assert_accessible(page)


def test_the_too_old_are_ticked_and_marked(october: Month, page_of_officer: Page) -> None:
    page = page_of_officer
    for number in range(3):
        make_person(
            october.authority, date_of_birth=date(2007, 1, 5 + number), given_name=f"Old{'abc'[number]}"
        )
    check_month(month=october, by=None)
    page.goto("/month/2026-10/")
    page.get_by_role("link", name="3 too old for the file").click()
    assert_accessible(page)

    page.get_by_role("button", name="Mark the ticked").click()
    expect(page.get_by_text("Select at least one young person")).to_be_visible()
    page.get_by_role("row").nth(1).get_by_role("checkbox").check()
    page.get_by_role("button", name="Mark the ticked").click()

    expect(page.get_by_text("1 young person marked as aged out")).to_be_visible()


def test_a_fault_on_the_record_leads_to_its_mend(october: Month, page_of_officer: Page) -> None:
    person = make_faulty(october.authority)
    page_of_officer.goto(f"/people/{person.ref}/")

    page_of_officer.get_by_role("listitem").filter(has_text="Gender is empty").get_by_role("link").click()

    expect(page_of_officer.get_by_role("group", name="Gender")).to_be_visible()
