"""A list taken away in a browser: asked for with a reason, agreed to by somebody else, fetched by whoever asked."""

from typing import Any

import pytest
from playwright.sync_api import expect

from neet.jobs.actions import run
from neet.jobs.models import Job
from schools.models import Authority
from tests.browser import OneAtATime, assert_accessible
from tests.factories import make_user
from tests.tracking.extracts.test_extracts import _own_files, council

__all__ = ["_own_files", "council"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def asked(page: Any) -> None:
    """The register, taken away for the careers service."""
    page.goto("/register/")
    page.get_by_role("link", name="Take this list away as a file").click()
    page.get_by_role("button", name="Ask for the list").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("What is it needed for?").fill("For the careers service")
    page.get_by_label("Who gets it?").fill("Careers service")
    page.get_by_role("button", name="Ask for the list").click()
    expect(page.get_by_text("Asked for. Somebody else agrees to it.")).to_be_visible()


def test_a_long_list_goes_once_somebody_else_agrees(
    council: Authority, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("queries", "actions"):
        monkeypatch.setattr(f"tracking.extracts.{module}.needs_agreement", lambda number, on: number > 2)
    officer, manager = (make_user(role, council) for role in ("mi_officer", "manager"))
    page = browse(officer)
    asked(page)
    assert_accessible(page)
    wanted = page.url

    browse(manager)
    page.goto("/extracts/")
    assert_accessible(page)
    page.goto(wanted)
    assert_accessible(page)
    page.get_by_role("button", name="Agree to it").click()
    expect(page.get_by_text("Agreed. It is made for whoever asked.")).to_be_visible()
    with OneAtATime.working:
        run(job_id=Job.objects.get().pk)

    browse(officer)
    page.goto(wanted)
    assert_accessible(page)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Download the list").click()
    assert fetched.value.path().read_bytes().startswith(b"PK")
    page.reload()
    expect(page.get_by_text("downloaded 1 time")).to_be_visible()


def test_a_list_that_is_not_let_go_says_why(
    council: Authority, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("queries", "actions"):
        monkeypatch.setattr(f"tracking.extracts.{module}.needs_agreement", lambda number, on: number > 2)
    officer, manager = (make_user(role, council) for role in ("mi_officer", "manager"))
    page = browse(officer)
    asked(page)
    wanted = page.url
    browse(manager)
    page.goto(wanted)
    page.get_by_role("button", name="Do not let it go").click()
    assert_accessible(page)
    page.get_by_label("Why not?").fill("They have it already")
    page.get_by_role("button", name="Keep this answer").click()

    browse(officer)
    page.goto(wanted)
    expect(page.get_by_text("They have it already")).to_be_visible()
    expect(page.get_by_role("button", name="Download the list")).to_have_count(0)
