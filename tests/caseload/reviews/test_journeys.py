"""In the browser: a service lead's week. Somebody is screened, a referral is accepted, the list is reviewed from the
keyboard, and the district lead reminds another service."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.referrals.actions import refer
from caseload.referrals.models import Referral
from caseload.referrals.statements import Ask
from caseload.reviews.actions import hand_out
from caseload.reviews.models import Review, ServiceList
from caseload.screening.models import Screening
from tests.browser import assert_accessible
from tests.factories import make_person
from tracking.register.models import Activity, YoungPerson

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_service_lead_s_week(browse, month):
    ada = make_person(month.authority, given_name="Ada", family_name="Ambler")
    bram = make_person(month.authority, given_name="Bram", family_name="Brook")
    cleo = make_person(month.authority, given_name="Cleo", family_name="Cotterell")
    month.case(person=ada)
    month.case(person=bram)
    month.case(month.send, person=cleo)
    month.contact()
    month.contact(month.send, month.sender)
    hand_out(run=month.run, by=month.chief)
    ask = Ask(month.support, "neet_support", "Wants an apprenticeship")
    refer(person=cleo, ask=ask, by=month.sender)
    page = browse(month.lead)

    # Monday: the list has come
    page.goto(reverse("home"))
    expect(page.get_by_role("heading", name="My service’s list")).to_be_visible()
    page.get_by_role("button", name="I have this list").click()
    expect(page.get_by_text("it is noted that you have the list")).to_be_visible()
    assert ServiceList.objects.get(contact__user=month.lead).acknowledged_by == month.lead

    # somebody new is screened
    page.get_by_role("link", name="To screen").click()
    page.get_by_role("link", name="Show who was not asked in earlier months").click()
    assert_accessible(page)
    page.get_by_role("link", name="Screen Ada Ambler").click()
    page.get_by_label("Training or an apprenticeship").check()
    page.get_by_label("In their own words (optional)").fill("Something with cars")
    assert_accessible(page)
    page.get_by_role("button", name="Save and see who leads").click()
    page.get_by_role("radio", name="NEET support").check()
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    assert Screening.objects.get().chosen == month.support

    # a referral is accepted; before, only what the index tells is there
    page.goto(reverse("referrals"))
    assert_accessible(page)
    page.get_by_role("link", name="Cleo Cotterell").click()
    expect(page.get_by_text("The record opens to your service once you accept.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Cleo Cotterell")).to_be_visible()
    assert_accessible(page)
    assert Referral.objects.get().state == "accepted"
    assert YoungPerson.objects.visible_to(month.lead).filter(pk=cleo.pk).exists()

    # the list is reviewed from the keyboard: open, choose, save; the next one is up
    page.goto(reverse("reviews"))
    expect(page.get_by_text("3 of 3 still to review")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Review Ada Ambler").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ada Ambler").wait_for()
    assert_accessible(page)
    page.get_by_role("radio", name="Working with them, no change yet").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Ada Ambler: reviewed.").wait_for()
    expect(page.get_by_role("heading", name="Bram Brook")).to_be_visible()
    page.get_by_role("radio", name="Started education, training or work").check()
    page.get_by_role("button", name="Save and next").click()
    page.get_by_text("Bram Brook: reviewed.").wait_for()
    assert "/activity/record/" in page.url
    assert [each.outcome for each in Review.objects.order_by("pk")] == ["working", "started"]
    assert not Activity.objects.filter(person=bram).exclude(code="619").exists()


def test_the_district_lead_reminds_a_service_and_nobody_twice_a_day(browse, month):
    month.case(month.send)
    month.case()
    month.contact(month.send, month.sender)
    hand_out(run=month.run, by=month.chief)
    page = browse(month.chief)

    page.goto(reverse("home"))
    page.get_by_role("button", name="Remind").click()
    expect(page.get_by_text("SEND team is reminded.")).to_be_visible()
    expect(page.get_by_text("reminded today")).to_be_visible()
    assert page.get_by_role("button", name="Remind").count() == 0
    assert_accessible(page)
    page.get_by_role("button", name="Name somebody").click()
    assert_accessible(page)
