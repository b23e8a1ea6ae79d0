"""What somebody looks for: asked on one page, shown on the record and to programs as each may read it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_activity, make_school, make_user, sign_in
from tracking.register.models import Seeking

pytestmark = pytest.mark.django_db
SAID = {
    "sector": "construction", "level": "level_1", "barriers": ["transport"], "agreed": "Rings the college",
    "said_on_day": "19", "said_on_month": "11", "said_on_year": "2026",
}  # fmt: skip


def test_it_is_written_down_and_stands_on_the_record_and_in_the_answer_to_programs(desk, person):
    page = reverse("change_seeking", args=[person.ref])

    assert desk.post(page, SAID).status_code == 302
    record = " ".join(desk.get(reverse("person", args=[person.ref])).content.decode().split())
    answer = desk.get(reverse("api_person", args=[person.ref])).json()["looking_for"]

    assert Seeking.objects.get().agreed_on == date(2026, 11, 19)
    assert "<strong>Construction and building</strong>, Level 1" in record
    assert "What keeps them from it: Getting there" in record
    assert "Agreed 19 November 2026: Rings the college" in record
    assert (answer["sector"]["code"], answer["barriers"][0]["words"]) == ("construction", "Getting there")


def test_nothing_and_something_that_keeps_them_go_back_to_the_question(desk, person):
    answer = desk.post(
        reverse("change_seeking", args=[person.ref]), {**SAID, "barriers": ["none", "transport"]}
    )

    assert answer.status_code == 200
    assert "or that nothing does, not both" in answer.content.decode()


def test_who_changed_it_meanwhile_is_shown_beside_ones_own(desk, person):
    Seeking.objects.create(person=person, sector="retail", version=4)

    answer = desk.post(reverse("change_seeking", args=[person.ref]), {**SAID, "version": "3"})

    assert answer.status_code == 409
    assert "Retail and customer service" in answer.content.decode()


def test_a_school_is_shown_nothing_of_it(desk, person, authority):
    school = make_school(la_code=authority.code)
    make_activity(person, "110", date(2022, 9, 1), establishment=school, ends_on=date(2023, 7, 31))
    Seeking.objects.create(person=person, sector="retail", barriers=["housing"])
    secretary = sign_in(Client(), make_user("school_user", authority, establishment=school))

    assert secretary.get(reverse("change_seeking", args=[person.ref])).status_code == 404
    assert b"Retail and customer" not in secretary.get(reverse("person", args=[person.ref])).content
