"""In the browser: from the list before the cohort is set to the people behind a number of the board."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from tests.browser import OneAtATime, ask_now, assert_accessible
from tests.tracking.guarantee.conftest import LAST_OF_MAY
from tracking.guarantee.models import CohortFreeze

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_cohort_is_looked_through_set_and_worked_with(browse, council):
    council.at(date(2027, 5, 20))
    council.pupil(given_name="Ada", family_name="Ambler")
    council.pupil(code="120", school=None, given_name="Bram", family_name="Brook")
    page = browse(council.officer)

    # before: whoever is taught at home is looked up
    page.goto(reverse("guarantee_before"))
    page.get_by_role("link", name="Taught at home, not looked up yet").click()
    assert_accessible(page)
    page.get_by_role("link", name="Write down what was found").click()
    page.get_by_label("Still lives here").check()
    page.get_by_label("How is that known?").fill("Seen at the home visit.")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Nothing is left to do here.")).to_be_visible()

    # 31 May: proposed by one, approved by another
    council.at(LAST_OF_MAY)
    page = browse(council.proposer)
    page.goto(reverse("set_cohort"))
    page.get_by_label("I have worked through the list").check()
    assert_accessible(page)
    page.get_by_role("button", name="Propose this cohort").click()
    page.get_by_text("It stands once it is approved.").first.wait_for()
    page = browse(council.manager)
    page.goto(reverse("set_cohort"))
    page.get_by_role("button", name="Approve the cohort").click()
    page.get_by_label("I have looked at the numbers").check()
    assert_accessible(page)
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="Setting the cohort").wait_for()
    assert_accessible(page)
    with OneAtATime.working:
        jobs.run(job_id=Job.objects.get().pk)
    ask_now(page)
    page.get_by_text("Set as the register stood on 31 May 2027.").wait_for()  # the page says so by itself
    assert CohortFreeze.objects.get().is_set

    # June: somebody moved here, and is added for a reason
    council.at(date(2027, 6, 10))
    council.pupil(given_name="Cleo", family_name="Cotterell")
    page = browse(council.proposer)
    page.goto(reverse("guarantee"))
    page.get_by_role("link", name="Who came and left").first.click()
    page.get_by_label("Cleo Cotterell").check()
    page.get_by_label("Why?").fill("Moved here in June.")
    assert_accessible(page)
    page.get_by_role("button", name="Add the ticked").click()
    page.get_by_text("1 young person added to the cohort.").wait_for()

    # the board, and who is behind a number
    page.goto(reverse("guarantee") + "?by=school")
    assert_accessible(page)
    page.get_by_role("link", name="2 not yet asked, Ambleford School").click()
    expect(page.get_by_role("link", name="Cotterell, Cleo")).to_be_visible()
    expect(page.get_by_role("link", name="Ambler, Ada")).to_be_visible()
    expect(page.get_by_role("link", name="Brook, Bram")).to_be_hidden()
    assert_accessible(page)
    page.goto(reverse("intended_destinations"))
    assert_accessible(page)
