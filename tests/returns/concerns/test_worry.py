"""One pupil a school worries about, told of in the portal: on the at-risk list at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from caseload.prevention.models import AtRisk
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.concerns.kinds import Kind
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.browser import assert_accessible
from tests.factories import (
    make_activity,
    make_authority,
    make_college,
    make_person,
    make_school,
    make_user,
    seed_reference,
    sign_in,
)
from tracking.models import YoungPerson
from tracking.state.queries import digests

YEAR_11, FIRST = date(2011, 2, 3), date(2022, 9, 1)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-18T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(name="Hill School", la_code=authority.code)


@pytest.fixture
def tutor(authority: Authority, school: Establishment) -> User:
    return make_user("school_user", authority, establishment=school)


@pytest.fixture
def portal(tutor: User) -> Client:
    return sign_in(Client(), tutor)


def pupil(place: Establishment, authority: Authority, **fields: Any) -> YoungPerson:
    person = make_person(authority, **{"date_of_birth": YEAR_11, **fields})
    make_activity(person, "110", FIRST, establishment=place, verified_on=date(2026, 9, 1), source="provider")
    return person


def test_a_pupil_is_on_the_list_at_once_and_off_it_when_taken_back(
    portal: Client, authority: Authority, school: Establishment, tutor: User
) -> None:
    ada = pupil(school, authority)
    before = digests()
    said = {
        "person": str(ada.ref),
        "reasons": ["excluded", "no_plan_after"],
        "concern": "Rarely in",
        "ask": "Ms Hale",
    }

    answer = portal.post(reverse("worry"), said, follow=True).content.decode()

    assert "The council has it now" in answer
    entry = ada.at_risk.get()
    assert (entry.said_by, entry.establishment, sorted(entry.reasons)) == (
        "school",
        school,
        ["excluded", "no_plan_after"],
    )
    assert entry.words == "Rarely in. Ask Ms Hale"
    event = AuditEvent.objects.get(kind=Kind.TOLD)
    assert (event.user_id, event.subjects) == (tutor.pk, [ada.pk])
    portal.post(reverse("worry"), {"person": str(ada.ref), "concern": "Fights", "planned": "A job"})
    assert Intake.objects.count() == 2
    for each in Intake.objects.order_by("-version"):
        withdraw(intake=each, by=None)
    assert (AtRisk.objects.count(), digests()) == (0, before)


def test_only_own_pupils_of_years_10_and_11_can_be_chosen_and_a_name_alone_is_not_enough(
    portal: Client, authority: Authority, school: Establishment, django_assert_max_num_queries: Any
) -> None:
    ada = pupil(school, authority)
    pupil(school, authority, date_of_birth=date(2011, 9, 2))  # Year 10
    hidden = [
        pupil(make_school(), authority),
        pupil(school, authority, restricted_on=FIRST, restricted_reason="Safety"),
        pupil(school, authority, date_of_birth=date(2012, 9, 2)),
        pupil(school, authority, date_of_birth=date(2010, 8, 31)),
    ]

    with django_assert_max_num_queries(20):
        page = portal.get(reverse("worry")).content.decode()

    assert page.count(", born ") == 2
    for each in hidden:
        assert str(each.ref) not in page
        answer = portal.post(reverse("worry"), {"person": str(each.ref), "concern": "Fights"})
        assert "Select one of the choices" in answer.content.decode()
    empty = portal.post(reverse("worry"), {"person": str(ada.ref)}).content.decode()
    assert "Tick a reason, or say in your own words" in empty
    assert not Intake.objects.exists()


def test_a_college_is_not_asked(authority: Authority, school: Establishment, portal: Client) -> None:
    """Nobody in Year 10 or 11 is expected there; the page says so to whoever comes by its address."""
    college = make_college(la_code=authority.code)
    pupil(college, authority)
    theirs = sign_in(Client(), make_user("college_user", authority, establishment=college))

    assert "Worried about somebody?" not in theirs.get(reverse("home"), follow=True).content.decode()
    assert "Nobody is down as yours" in theirs.get(reverse("worry")).content.decode()
    assert "Worried about somebody?" in portal.get(reverse("home"), follow=True).content.decode()


@pytest.mark.browser
@pytest.mark.django_db
def test_it_is_told_on_a_telephone(
    browse: Callable[[User], Page], authority: Authority, school: Establishment, tutor: User
) -> None:
    ada = pupil(school, authority, family_name="Ambler")
    page = browse(tutor)

    page.goto("/")
    page.get_by_role("link", name="Tell the council of one pupil").click()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("Whom do you worry about?").select_option(str(ada.ref))
    page.get_by_role("button", name="Tell the council").click()
    expect(page.get_by_text("Tick a reason").first).to_be_visible()
    page.get_by_label("in your own words").fill("Rarely in")
    page.get_by_role("button", name="Tell the council").click()

    expect(page.get_by_text("The council has it now")).to_be_visible()
    assert ada.at_risk.get().words == "Rarely in"
