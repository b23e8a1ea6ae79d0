"""In the browser: a school collects its file; a small provider sends its return by a link on a phone."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from neet.accounts.models import User
from neet.jobs.actions import run
from neet.jobs.models import Job
from returns.exchange.actions.links import make_link
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.browser import OneAtATime, assert_accessible
from tests.factories import make_expected
from tests.returns.exchange.conftest import put_out_for
from tests.returns.intake.conftest import HEADINGS

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

ROWS = (
    "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001",
    "Ambler,Bram,31/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002",
)


def test_a_school_collects_its_file_and_the_council_sees_it(
    browse: Any, authority: Authority, school: Establishment, secretary: User, officer: User
) -> None:
    parcel = put_out_for(authority, school)
    page = browse(secretary)

    page.goto(reverse("home"))
    page.get_by_role("link", name="1 new file").click()
    assert_accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Term dates").click()

    assert taken.value.suggested_filename == "Letter.pdf"
    page = browse(officer)
    page.goto(reverse("exchange"))
    expect(page.get_by_text("1 of 1")).to_be_visible()
    assert_accessible(page)
    page.goto(reverse("parcel", args=[parcel.ref]))
    expect(page.get_by_role("cell", name=secretary.name)).to_be_visible()
    assert_accessible(page)
    page.goto(reverse("put_out_file"))
    assert_accessible(page)


def test_a_small_provider_sends_its_return_by_a_link_on_a_phone(
    page: Any, site: str, authority: Authority, school: Establishment, officer: User
) -> None:
    asked = make_expected(school, authority=authority)
    _, secret = make_link(expected=asked, expires_on=date(2026, 9, 30), email="", by=officer)
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(reverse("upload_link", args=[secret]))
    assert secret not in page.url
    assert_accessible(page)
    content = "\n".join([HEADINGS, *ROWS]).encode()
    page.get_by_label("Choose a file").set_input_files(
        {"name": "pupils.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_text("We are looking at your file")).to_be_visible()
    with OneAtATime.working:
        run(job_id=Job.objects.get().pk)
    page.get_by_role("link", name="See whether it is done").click()
    expect(page.get_by_text("2 rows read, 1 to mend")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Yes").check()
    for part, value in (("day", "1"), ("month", "9"), ("year", "2026")):
        page.locator(f"[name=issued_on_{part}]").fill(value)
    page.get_by_role("button", name="Send it to the council").click()
    with OneAtATime.working:
        run(job_id=Job.objects.get(state="waiting").pk)
    page.goto(reverse("send_by_link"))
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert_accessible(page)
    assert Intake.objects.get().state == "confirmed"
