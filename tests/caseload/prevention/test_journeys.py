"""In the browser: a service lead's week before anybody is NEET. Whom the points name, a list from a school, those
without an offer, a hand-over, and a school's plan."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.prevention.models import AtRisk, SchoolFocus
from tests.browser import assert_accessible
from tests.caseload.prevention.test_schools import two_schools  # noqa: F401  the schools are a fixture here too
from tests.factories import make_characteristic
from tracking.register.models import Responsibility, Task

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_service_lead_s_week_before_anybody_is_neet(browse, council, two_schools):  # noqa: F811  the fixture
    ada = council.pupil(given_name="Ada", family_name="Ambler")
    bram = council.pupil(given_name="Bram", family_name="Brook", offer="110")
    for code in ("EHCP", "140"):
        make_characteristic(ada, code)
    page = browse(council.lead)

    # Monday: whom the points name comes onto the list
    page.goto(reverse("risk_points"))
    assert_accessible(page)
    page.get_by_label("Ada Ambler").check()
    page.get_by_role("button", name="Put the ticked on the at-risk list").click()
    expect(page.get_by_text("1 young person put on the at-risk list.")).to_be_visible()
    assert_accessible(page)

    # a school's list, by its numbers
    page.get_by_role("link", name="Enter many by their numbers").click()
    page.get_by_role("radio", name="Their school or college").check()
    page.get_by_role("checkbox", name="Was suspended or excluded").check()
    page.get_by_label("Their numbers, one on each line").fill(f"{bram.young_person_id}\nNobody")
    page.get_by_role("button", name="Look them up").click()
    expect(page.get_by_role("link", name="Nobody you work with has the number NOBODY")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Their numbers, one on each line").fill(bram.young_person_id)
    page.get_by_role("button", name="Look them up").click()
    assert_accessible(page)
    page.get_by_role("button", name="Put them on the at-risk list").click()

    # at risk and no offer; what is said of somebody is changed
    page.get_by_role("link", name="At risk and no offer").click()
    expect(page.get_by_role("link", name="Ambler, Ada")).to_be_visible()
    assert page.get_by_role("link", name="Brook, Bram").count() == 0
    page.get_by_role("link", name="Change what is said of Ada Ambler").click()
    page.get_by_role("checkbox", name="Has no plan for after Year 11").check()
    page.get_by_label("In one line (optional)").fill("Would like to work with animals")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()

    # the service takes her on
    page.get_by_label("Ada Ambler", exact=True).check()
    page.get_by_role("button", name="Hand over to a service").click()
    page.get_by_role("radio", name="NEET support").check()
    assert_accessible(page)
    page.get_by_role("button", name="Hand all of them over").click()
    expect(page.get_by_text("1 young person handed over.")).to_be_visible()
    assert Responsibility.objects.get(person=ada, kind="lead", ends_on=None).service == council.support
    page.get_by_role("link", name="Brook, Bram").click()
    expect(page.get_by_role("heading", name="At risk of becoming NEET")).to_be_visible()
    assert_accessible(page)

    # a school is chosen, and gets a plan
    page.goto(reverse("risk_schools"))
    assert_accessible(page)
    page.get_by_label("Small School").check()
    page.get_by_role("button", name="Work with the ticked schools this year").click()
    page.get_by_role("link", name="Small School").first.click()
    page.get_by_role("button", name="Add a step").click()
    page.get_by_label("What is to be done?").fill("Meet the head of Year 11")
    assert_accessible(page)
    page.get_by_role("button", name="Add it").click()
    assert_accessible(page)
    page.get_by_role("link", name="Done: Meet the head of Year 11").click()
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_text("Nothing is to do")).to_be_visible()

    assert set(AtRisk.objects.values_list("person", "ended")) == {(ada.pk, "handed_over"), (bram.pk, "")}
    assert Task.objects.get(kind="school_plan").done_by == council.lead
    assert SchoolFocus.objects.get().neet == 4
    page.goto(reverse("risk_test"))
    expect(page.get_by_text("No month can be judged yet")).to_be_visible()
    assert_accessible(page)
