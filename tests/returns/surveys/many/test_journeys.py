"""Stories as they are lived: a pupil in class on a small telephone, one who wants help on results day, a school, an
officer. Nothing that axe finds is left."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from returns.surveys.many.actions.finding import find_people
from returns.surveys.many.queries.doors import secret_of
from returns.surveys.models import SurveyAnswer
from tests.browser import PHONE, assert_accessible
from tests.factories import make_user
from tests.returns.surveys.many.classroom import NOW, door_of, make_here, make_pupil, make_survey
from tracking.register.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def school(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", NOW)
    return make_here()


def who(page: Page, given: str, family: str) -> None:
    page.get_by_label("First name").fill(given)
    page.get_by_label("Last name").fill(family)
    for part, value in (("Day", "14"), ("Month", "3"), ("Year", "2011")):
        page.get_by_label(part, exact=True).fill(value)


def test_a_pupil_answers_in_class_and_their_school_sees_it(
    school, page: Page, browse: Callable[[User], Page]
) -> None:
    authority, place = school
    make_pupil(place, authority, given_name="Juno", family_name="Quillfeather")
    make_pupil(place, authority, given_name="Kit", family_name="Farrow")
    survey = make_survey(authority)
    page.set_viewport_size(PHONE)
    page.goto(reverse("survey_door", args=[secret_of(door_of(survey, place))]))
    expect(page).to_have_url(re.compile("/survey/$"))
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your first name")
    assert_accessible(page)

    page.set_viewport_size(PHONE)
    who(page, "Juno", "Quillfeather")
    page.get_by_label("Your tutor group").fill("11b")
    page.get_by_label("Do an apprenticeship or traineeship").check()
    page.get_by_label("Next February you may tell my school").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert_accessible(page)
    own = page.get_by_role("link").filter(has_text="/survey/mine/").get_attribute("href") or ""
    page.goto(own[own.index("/survey/") :])
    page.get_by_role("button", name="Take that back").click()
    expect(page.get_by_text("Your school is not told")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_label("First name")).to_have_value("")

    find_people(survey_id=survey.pk)
    page = browse(make_user("school_user", authority, establishment=place))
    page.goto("/")
    page.get_by_role("link", name="What next? 2026-27").click()
    expect(page.get_by_text("1 of 2 in Year 11 have answered: 50%.")).to_be_visible()
    expect(page.get_by_role("row", name="11B 1")).to_be_visible()
    expect(page.get_by_text("Farrow, Kit")).to_be_visible()
    expect(page.get_by_text("Quillfeather")).to_have_count(0)
    assert_accessible(page)


def test_who_needs_help_on_results_day_is_heard_and_an_officer_says_who_it_was(
    school, page: Page, browse: Callable[[User], Page]
) -> None:
    authority, place = school
    summer = {"kind": "results_day", "academic_year": 2025, "opens_on": date(2027, 3, 1)}
    pupil = make_pupil(
        place, authority, given_name="Juno", family_name="Quillfeather", date_of_birth=date(2010, 3, 14)
    )
    pupil.activities.update(starts_on=date(2025, 9, 1))
    survey = make_survey(authority, **summer)
    page.set_viewport_size(PHONE)
    page.goto(reverse("survey_door", args=[secret_of(door_of(survey, None))]))
    page.get_by_role("button", name="Easy read").click()
    who(page, "Juno", "Quilfeather")
    page.get_by_label("Year", exact=True).fill("2010")
    page.get_by_label("Your school in Year 11").select_option("Amble School")
    page.get_by_label("I need help to find something").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("will talk to you")).to_be_visible()
    assert_accessible(page)

    find_people(survey_id=survey.pk)
    assert Task.objects.get().person is None
    page = browse(make_user("tracking_officer", authority))
    page.goto("/returns/surveys/")
    page.get_by_role("link", name="Results day 2025-26").click()
    assert_accessible(page)
    page.get_by_role("link", name="whose is not clear").click()
    assert_accessible(page)
    page.get_by_role("button", name="This one").click()
    expect(page.get_by_text("Every answer is decided on")).to_be_visible()
    assert SurveyAnswer.objects.get().person == pupil
    page.goto(f"/people/{pupil.ref}/")
    expect(page.get_by_text("They ask for help after results day").first).to_be_visible()
    for address in ("", "not-answered/", "unknown/", "change/"):
        page.goto(f"/returns/surveys/{survey.ref}/{address}")
        assert_accessible(page)
