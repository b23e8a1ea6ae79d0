"""One leaver, told of in the portal: on the register and in the trackers' queue at once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from neet.accounts.models import User
from returns.intake.actions.taking_back import withdraw
from returns.intake.models import Intake
from schools.models import Authority, Establishment
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
from tests.returns.intake.ready import spells
from tracking.models import Activity, ContactPoint, Task, YoungPerson
from tracking.state.queries import digests

FIRST = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-18T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def college(authority: Authority) -> Establishment:
    return make_college(name="Wick College", la_code=authority.code)


@pytest.fixture
def tutor(authority: Authority, college: Establishment) -> User:
    return make_user("college_user", authority, establishment=college)


@pytest.fixture
def portal(tutor: User) -> Client:
    return sign_in(Client(), tutor)


def student(place: Establishment, authority: Authority, **fields: Any) -> YoungPerson:
    person = make_person(authority, **fields)
    make_activity(person, "230", FIRST, establishment=place, verified_on=FIRST, source="provider")
    return person


def typed(person: YoungPerson, **said: str) -> dict[str, str]:
    day = {"last_day_day": "13", "last_day_month": "11", "last_day_year": "2026"}
    return {"person": str(person.ref), "reason": "wrong_course", **day, **said}


def test_a_leaver_is_in_the_trackers_queue_at_once_and_can_be_taken_back(
    portal: Client, authority: Authority, college: Establishment
) -> None:
    ada, ben = student(college, authority), student(college, authority)
    before = digests()
    number = {"telephone": "07700 900123", "whose": "parent", "had_notice": "on"}

    answer = portal.post("/leavers/leaver/", typed(ada, plan="Wants to bake", **number), follow=True)

    assert "trackers have it now" in answer.content.decode()
    assert spells(ada) == [("230", FIRST, date(2026, 11, 13)), ("810", date(2026, 11, 14), None)]
    assert Activity.objects.get(person=ada, code="230").leaving_reason == "wrong_course"
    assert ContactPoint.objects.get(person=ada).whose == "parent"
    assert "Wants to bake" in Task.objects.get(person=ada, kind="left", done_at=None).words

    portal.post("/leavers/leaver/", typed(ben, doing="310", where="Wick Bakery"))

    assert spells(ben)[-1] == ("310", date(2026, 11, 14), None)
    assert Task.objects.filter(kind="left", done_at=None).get().person == ada  # of the other it is known
    assert Task.objects.filter(kind="left", person=ben).exists()
    for each in Intake.objects.order_by("-version"):
        withdraw(intake=each, by=None)
    assert digests() == before


def test_nobody_of_another_place_can_be_chosen_and_nothing_is_kept_of_what_is_refused(
    portal: Client, authority: Authority, college: Establishment
) -> None:
    """Nor somebody whose record is restricted, nor in Year 9; a day before they came is said in words."""
    elsewhere = student(make_school(), authority)
    hidden = student(college, authority, restricted_on=FIRST, restricted_reason="Safety")
    young = student(college, authority, date_of_birth=date(2013, 1, 5))
    ada = student(college, authority)

    page = portal.get("/leavers/leaver/").content.decode()
    for each in (elsewhere, hidden, young):
        assert str(each.ref) not in page
        answer = portal.post("/leavers/leaver/", typed(each))
        assert "Select one of the choices" in answer.content.decode()
    early = portal.post("/leavers/leaver/", typed(ada, last_day_month="8")).content.decode()
    no_notice = portal.post("/leavers/leaver/", typed(ada, telephone="01632 960001")).content.decode()

    assert "They left before the day they started with you" in early
    assert "Select whose number it is" in no_notice
    assert "had the privacy notice" in no_notice
    assert not Intake.objects.exists()
    assert spells(ada) == [("230", FIRST, None)]


def test_with_many_students_the_beginning_of_a_name_is_asked_first(
    portal: Client, authority: Authority, college: Establishment, monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    monkeypatch.setattr("returns.leavers.views.choosing.MANY", 2)
    found = student(college, authority, family_name="Zander")
    for _ in range(3):
        student(college, authority, family_name="Ambler")

    assert "Zander" not in portal.get("/leavers/leaver/").content.decode()
    with django_assert_max_num_queries(20):
        page = portal.post("/leavers/leaver/", {"beginning": "zan", "find": "on"}).content.decode()

    assert str(found.ref) in page
    assert "Ambler" not in page
    assert (
        "Nobody found" in portal.post("/leavers/leaver/", {"beginning": "q", "find": "on"}).content.decode()
    )
