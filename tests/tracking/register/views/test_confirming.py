"""Confirming many young people at once from the list."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import assert_accessible
from tests.factories import APPRENTICE, CANNOT_BE_FOUND, make_activity, make_authority, make_person, make_user
from tracking.register.models import Confirmation

ANSWERS = {"source": "provider", "on_day": "19", "on_month": "11", "on_year": "2026"}


def ticked(*people, **more):
    return {"ticked": [str(person.ref) for person in people], "back": "?status=EET", **more}


def test_the_list_offers_ticks_to_who_may_confirm_only(at_desk, council):
    officers = at_desk("tracking_officer").get(reverse("register")).content.decode()
    schools = at_desk("school_user").get(reverse("register")).content.decode()

    assert "Confirm the ticked" in officers
    assert str(council.ada.ref) in officers
    assert "Confirm the ticked" not in schools


def test_those_ticked_are_shown_and_confirmed_with_one_answer(at_desk, council):
    browser = at_desk("tracking_officer")
    other = make_person(council.authority, family_name="Marchbanks")
    held = make_activity(other, APPRENTICE)
    ids = [council.ada.situation.activity_id, held.pk]

    asked = browser.post(reverse("confirm_ticked"), ticked(council.ada, other)).content.decode()
    done = browser.post(
        reverse("confirm_ticked"), ticked(council.ada, other, activity=ids, **ANSWERS), follow=True
    )

    assert "Marchbanks" in asked
    assert "Who told you?" in asked
    assert done.redirect_chain[-1][0] == reverse("register") + "?status=EET"
    assert "2 young people confirmed." in done.content.decode()
    assert Confirmation.objects.filter(verified_on="2026-11-19", source="provider").count() == 2


def test_the_same_answer_sent_twice_confirms_once(at_desk, council):
    """Back and Send once more, or a page loaded anew."""
    browser = at_desk("tracking_officer")
    sent = ticked(council.ada, activity=[council.ada.situation.activity_id], **ANSWERS)
    browser.post(reverse("confirm_ticked"), sent)

    again = browser.post(reverse("confirm_ticked"), sent, follow=True).content.decode()

    assert "No young people confirmed. 1 left as they were: confirmed already" in again
    assert Confirmation.objects.filter(verified_on="2026-11-19", source="provider").count() == 1


def test_nothing_is_confirmed_before_both_questions_are_answered(at_desk, council):
    page = at_desk("tracking_officer").post(reverse("confirm_ticked"), ticked(council.ada, source="provider"))

    assert "There is a problem" in page.content.decode()
    assert not Confirmation.objects.filter(source="provider", verified_on__gt="2026-10-03").exists()


def test_who_does_nothing_known_is_named_and_left(at_desk, council):
    lost = make_person(council.authority, given_name="Bo", family_name="Lostwithiel")
    make_activity(lost, CANNOT_BE_FOUND)

    page = (
        at_desk("tracking_officer")
        .post(reverse("confirm_ticked"), ticked(council.ada, lost))
        .content.decode()
    )

    assert "1 young person" in page
    assert "nothing is known to go on" in page
    assert "Bo Lostwithiel" in page


def test_nobody_ticked_goes_back_to_the_list_with_a_word(at_desk, council):
    browser = at_desk("tracking_officer")

    page = browser.post(reverse("confirm_ticked"), {"ticked": "nobody", "back": "//elsewhere"}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("register")
    assert "tick at least one young person" in page.content.decode()


def test_somebody_elses_young_people_are_passed_over(at_desk, council):
    stranger = make_person(make_authority())
    held = make_activity(stranger, APPRENTICE)

    at_desk("tracking_officer").post(
        reverse("confirm_ticked"), ticked(council.ada, stranger, activity=[held.pk], **ANSWERS)
    )

    assert not Confirmation.objects.filter(activity_id=held.pk, source="provider").exists()


def test_what_changed_since_the_list_was_looked_at_is_not_confirmed(at_desk, council):
    page = at_desk("tracking_officer").post(
        reverse("confirm_ticked"), ticked(council.ada, activity=[], **ANSWERS), follow=True
    )

    assert "1 changed since you looked" in page.content.decode()
    assert not Confirmation.objects.filter(source="provider", verified_on="2026-11-19").exists()


@pytest.mark.browser
def test_ticking_and_the_list_of_tasks_by_hand_on_every_width(council, browse):
    """The pages by eye and keyboard: axe at both widths, nothing sideways."""
    page = browse(make_user("tracking_officer", council.authority))

    page.goto("/tasks/")
    assert_accessible(page)
    page.goto("/register/")
    page.get_by_role("checkbox", name="Ada Quillfeather").check()
    page.get_by_role("button", name="Confirm the ticked").first.click()
    assert_accessible(page)
    page.get_by_label("The school, college or provider").check()
    page.get_by_role("button", name="Confirm them").click()

    expect(page.get_by_text("1 young person confirmed.")).to_be_visible()
