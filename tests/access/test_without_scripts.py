"""What must work where scripts do not: signing in with a second factor, and a young person's answers."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from neet.accounts.actions import add_app
from returns.surveys.many.queries.doors import secret_of
from returns.surveys.models import SurveyAnswer
from tests.browser import PHONE
from tests.factories import (
    make_authority,
    make_user,
    seed_reference,
)
from tests.neet.accounts.signing_in import PASSWORD, SECRET, code_now
from tests.returns.surveys.many.classroom import NOW, door_of, make_here, make_pupil, make_survey
from tests.returns.surveys.test_answering import link_for, person
from tracking.register.models import Claim, YoungPerson

__all__ = ["person"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """A small telephone with scripts turned off."""
    cache.clear()
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_somebody_signs_in_with_the_code_of_an_app(plain: Page) -> None:
    seed_reference()
    user = make_user("tracking_officer", make_authority(), password=PASSWORD)
    add_app(user=user, secret=SECRET)
    plain.goto("/register/")
    plain.get_by_label("E-mail").fill(user.email)
    plain.get_by_role("textbox", name="Password").fill("not this one")
    plain.get_by_role("button", name="Sign in").click()
    expect(plain.get_by_role("heading", name="There is a problem")).to_be_visible()
    plain.get_by_role("textbox", name="Password").fill(PASSWORD)
    plain.get_by_role("button", name="Sign in").click()
    plain.get_by_label(re.compile("code", re.IGNORECASE)).first.fill(code_now())
    plain.get_by_role("button", name=re.compile("Continue|Sign in|Go on")).first.click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Register")


def test_a_pupil_answers_in_class(plain: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", NOW)
    authority, place = make_here()
    make_pupil(place, authority, given_name="Juno", family_name="Quillfeather")
    survey = make_survey(authority)
    plain.goto(reverse("survey_door", args=[secret_of(door_of(survey, place))]))
    plain.get_by_role("button", name="Send my answers").click()
    expect(plain.get_by_role("alert")).to_contain_text("Enter your first name")
    plain.get_by_label("First name").fill("Juno")
    plain.get_by_label("Last name").fill("Quillfeather")
    for part, value in (("Day", "14"), ("Month", "3"), ("Year", "2011")):
        plain.get_by_label(part, exact=True).fill(value)
    plain.get_by_label("Do an apprenticeship or traineeship").check()
    plain.get_by_role("button", name="Send my answers").click()

    expect(plain.get_by_role("heading", name="Thank you")).to_be_visible()
    assert SurveyAnswer.objects.get().given_name == "Juno"


def test_a_young_person_says_by_link_what_they_do(plain: Page, person: YoungPerson) -> None:
    _link, secret = link_for(person)
    plain.goto(reverse("answer_link", args=[secret]))
    plain.get_by_label("Day").fill("14")
    plain.get_by_label("Month").select_option("5")
    plain.get_by_role("button", name="Go on").click()
    plain.get_by_label("Yes").check()
    plain.get_by_role("button", name="Go on").click()

    expect(plain.get_by_role("heading", name=re.compile("Thank you"))).to_be_visible()
    assert Claim.objects.get().person_id == person.pk
