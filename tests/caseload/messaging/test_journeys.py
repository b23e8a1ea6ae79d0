"""In the browser: an officer writes to those nobody reached, a young person answers on a small telephone, and the
answer waits to be confirmed."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.messaging import actions
from neet import clock
from neet.messages.actions import deliver
from tests.browser import DESK, PHONE, assert_accessible, visible_words
from tests.factories import COLLEGE, make_activity, make_college
from tracking.register.models import Claim

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_a_message_is_sent_and_answered_on_a_telephone(browse, council):
    person = council.person(given_name="Juno", family_name="Quillfeather")
    place = make_college(name="Ambleford College")
    person.activities.all().delete()
    make_activity(person, COLLEGE, date(2025, 9, 1), ends_on=date(2026, 10, 2), establishment=place)
    council.person(contact=False)
    page = browse(council.officer)

    page.goto(reverse("messages"))
    assert_accessible(page)
    page.get_by_role("button", name="Write to many").click()
    page.get_by_role("radio", name="Not known, and no call reached anybody in four weeks").check()
    page.get_by_role("radio", name="What are you doing now? (text)").check()
    assert_accessible(page)
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_text("1 young person gets this message, 1 does not")).to_be_visible()
    expect(page.get_by_text("No number or address of their own").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Send the messages").click()
    expect(page.get_by_role("button", name="Stop sending")).to_be_visible()

    actions.hand_over(at=clock.now())
    deliver()
    actions.note_what_went(at=clock.now())
    (text,) = council.read()
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    page.goto("/" + text.split()[-1].split("/", 3)[3])
    assert not {"Juno", "Quillfeather", "Ambleford"} & set(visible_words(page).split())
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    page.get_by_label("Day").fill("14")
    page.get_by_label("Month").select_option("May")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Are you still at Ambleford College?")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("radio", name="No, something else").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("radio", name="In an apprenticeship").check()
    page.get_by_label("Where? (optional)").fill("Dunmore Motors")
    assert_accessible(page)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("We have your answer")).to_be_visible()
    assert_accessible(page)

    assert Claim.objects.get().place == "Dunmore Motors"
    page.set_viewport_size(DESK)
    browse(council.officer).goto(reverse("answers_to_confirm"))
    expect(page.get_by_text("Quillfeather").first).to_be_visible()
    expect(page.get_by_text("Dunmore Motors").first).to_be_visible()
