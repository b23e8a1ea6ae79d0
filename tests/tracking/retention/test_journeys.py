"""In the browser: a list of whose time is over, from one colleague to the other and to its certificate."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.browser import OneAtATime, assert_accessible
from tests.factories import make_activity, make_authority, make_person, make_user, seed_reference
from tests.pdf import text_of
from tracking.register.models import YoungPerson

pytestmark = pytest.mark.django_db


@pytest.mark.browser
def test_a_list_is_proposed_by_one_released_by_another_and_certified(
    browse: Any, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    seed_reference()
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")
    settings.MEDIA_ROOT, settings.ERASED_LIST = tmp_path / "files", tmp_path / "erased.csv"
    authority = make_authority()
    person = make_person(authority, date_of_birth=date(2003, 5, 1), family_name="Quillfeather")
    make_activity(person, starts_on=date(2019, 9, 1), ends_on=date(2021, 6, 30))

    # one looks and proposes
    page = browse(make_user("governance", authority))
    page.goto(reverse("retention"))
    assert_accessible(page)
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("the time of 1 young person is over")).to_be_visible()
    page.get_by_text("How long we keep").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("link", name=person.young_person_id)).to_be_visible()
    page.get_by_role("button", name="Propose to erase").click()
    expect(page.get_by_text("so somebody else releases it")).to_be_visible()
    assert_accessible(page)

    # somebody else releases
    page = browse(make_user("governance", authority))
    page.goto(reverse("home"))
    page.get_by_role("link", name="1 to release for erasing").click()
    page.get_by_role("button", name="Look at the list").click()
    page.get_by_role("button", name="Release for erasing").click()
    assert_accessible(page)
    page.get_by_label("How many young people are erased?").fill("1")
    page.get_by_role("button", name="Erase").click()
    page.get_by_role("heading", name="Erasing").wait_for()
    with OneAtATime.working:
        run(job_id=Job.objects.get().pk)

    # the certificate says what went, and no name
    page.goto(reverse("retention"))
    assert_accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Certificate").click()
    words = text_of(taken.value.path().read_bytes())
    assert "Certificate of erasure" in words
    assert "Quillfeather" not in words
    assert not YoungPerson.objects.exists()
