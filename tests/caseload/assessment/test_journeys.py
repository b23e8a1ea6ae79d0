"""In the browser: a self-assessment is begun, a line answered, all of it handed in and approved by somebody else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.assessment.models import LineAnswer, SelfAssessment
from caseload.assessment.queries.lines import lines
from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_council_asks_itself_and_somebody_else_approves(browse, council):
    page = browse(council.data)
    page.goto(reverse("assessment"))
    assert_accessible(page)
    page.get_by_role("button", name="Begin the one of 2026-27").click()
    expect(page.get_by_role("heading", name="Self-assessment 2026-27")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("link", name="Does everybody who works with young people").click()
    page.get_by_role("radio", name="Partly in place").check()
    page.get_by_label("What shows it?").fill("Two of three teams were trained.")
    page.get_by_label("What is to be done?").fill("Train the third team")
    page.get_by_label("Who does it?").select_option("Lee Lead")
    for label, value in (("Day", "15"), ("Month", "1"), ("Year", "2027")):
        page.get_by_label(label, exact=True).fill(value)
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Train the third team")).to_be_visible()

    own = SelfAssessment.objects.get()
    LineAnswer.objects.bulk_create(
        LineAnswer(assessment=own, line=each.code, rating="in_place", said_by=council.data)
        for each in lines(own)
        if each.is_open
    )
    page.reload()
    page.get_by_role("button", name="Hand it in for approval").click()
    expect(page.get_by_text("Handed in. Somebody else approves it.")).to_be_visible()
    page = browse(council.manager)
    page.goto(reverse("assessment"))
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text("Approved, and kept as it is now.")).to_be_visible()
    assert_accessible(page)
