"""A copy in a browser: asked for on the record, read through, looked at by somebody else, and given."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.browser import OneAtATime, assert_accessible
from tests.pdf import text_of
from tests.tracking.rights.conftest import Council
from tracking.rights.models import Copy, RightsRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_copy_asked_for_read_through_by_two_and_given(
    browse: Callable[[User], Page], council: Council, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    council.authority.needs_second_person = True
    council.authority.save()
    page = browse(council.officer)
    page.goto(f"/people/{council.person.ref}/")
    page.get_by_role("button", name="They ask for a copy").click()
    expect(page.get_by_text("Information governance answers it")).to_be_visible()

    # information governance is sure who asks, and everything is gathered
    page = browse(council.governance)
    page.goto("/rights/")
    assert_accessible(page)
    page.get_by_role("link", name="Fern Ambler").click()
    page.get_by_role("button", name="We are sure who asks").click()
    page.get_by_label("How are you sure who asks?").fill("Known to their worker")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Gather everything we hold").click()
    expect(page.get_by_role("heading", name="Gathering everything we hold")).to_be_visible()
    with OneAtATime.working:
        run(job_id=Job.objects.latest("pk").pk)
    page.goto(f"/rights/{RightsRequest.objects.get().pk}/copy/?part=others")
    assert_accessible(page)

    # one part is held back
    task = Copy.objects.get().entries.get(about="tracking.Task")
    page.get_by_role("link", name=f"Hold back or change part {task.number}").click()
    page.get_by_label("it is about somebody else").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="I have read all of it").click()
    expect(page.get_by_text("Somebody else looks at it")).to_be_visible()

    # somebody else looks, and gives it
    page = browse(council.other)
    page.goto(page.url)
    page.get_by_role("button", name="It may go out").click()
    expect(page.get_by_role("heading", name="Making the copy ready")).to_be_visible()
    with OneAtATime.working:
        run(job_id=Job.objects.latest("pk").pk)
    page.goto(f"{page.url}copy/")
    with page.expect_download() as taken:
        page.get_by_role("button", name="The document (PDF)").click()
    told = text_of(taken.value.path().read_bytes())

    assert "Talked about plumbing." in told
    assert "Held back: it is about somebody else" in told
    assert "Ring Rowan Ambler back" not in told
