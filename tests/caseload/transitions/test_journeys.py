"""In the browser: what a service lead does about next steps in a spring week, and in September."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.transitions.actions import draw_up_starts
from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from tests.browser import assert_accessible
from tests.factories import make_user
from tracking.register.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_service_lead_s_next_steps(browse, council):
    ada = council.pupil("EHCP", service=council.send, given_name="Ada", family_name="Ambler")
    council.pupil(service=council.send, given_name="Bram", family_name="Brook")
    make_user("caseworker", council.authority, service=council.support)
    page = browse(council.lead)

    # what is due stands on the first page
    page.goto(reverse("home"))
    expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
    page.get_by_role("link", name="without a plan for the next step").click()
    assert_accessible(page)

    # a plan, agreed and final
    page.get_by_role("link", name="Write a plan for Ada Ambler").click()
    page.get_by_label("What is the next step?").fill("Level 1 catering")
    page.get_by_label("What will that be? (optional)").select_option("230")
    page.get_by_label("Where? (optional)").select_option(label="Ambleford College")
    for question in ("When was it agreed with them? (optional)", "Final since? (optional)"):
        asked = page.get_by_role("group", name=question)
        for part, value in (("Day", "8"), ("Month", "3"), ("Year", "2027")):
            asked.get_by_label(part).fill(value)
    assert_accessible(page)
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_text("The plan is written.").wait_for()
    assert TransitionPlan.objects.get(person=ada).finalised_on == date(2027, 3, 8)

    # the named place
    page.goto(reverse("plan_steps"))
    assert_accessible(page)
    page.get_by_role("link", name="Place named in the plan").click()
    assert_accessible(page)
    page.get_by_role("link", name="Record this step for Ada Ambler").click()
    asked = page.get_by_role("group", name="When was it done?")
    for part, value in (("Day", "9"), ("Month", "3"), ("Year", "2027")):
        asked.get_by_label(part).fill(value)
    page.get_by_label("Which place? (optional)").select_option(label="Ambleford College")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Place named in the plan: saved.").wait_for()
    assert PlanStep.objects.get().establishment == council.college

    # who is still theirs
    page.goto(reverse("cohort"))
    expect(page.get_by_text("2 of 2 young people still to confirm")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("group", name="Is Bram Brook yours?").get_by_label("Moved away").check()
    page.get_by_role("button", name="Save, and all others on this page are ours").click()
    page.get_by_text("2 answers saved.").wait_for()
    expect(page.get_by_text("Everybody is answered")).to_be_visible()
    assert CohortAnswer.objects.filter(answer="ours").get().person == ada
    assert Task.objects.get(kind="cohort_answered").person.given_name == "Bram"

    # in September: one started, one did not
    today = council.at(date(2027, 9, 20))
    draw_up_starts(authority=council.authority, on=today)
    page = browse(council.lead)
    page.goto(reverse("starts"))
    assert_accessible(page)
    page.get_by_role("button", name="Started there: Ada Ambler").click()
    page.get_by_text("Ada Ambler: started there.").wait_for()
    page.get_by_role("button", name="Did not start: Bram Brook").click()
    page.get_by_text("Bram Brook: did not start.").wait_for()
    page.get_by_role("link", name="did not start").click()
    page.get_by_role("button", name="Refer to Support").click()
    page.get_by_text("Bram Brook: referred to NEET support.").wait_for()
    assert_accessible(page)
    page.goto(reverse("starts_by_place"))
    assert_accessible(page)
    assert StartCheck.objects.filter(referral__to_service=council.support).count() == 1
