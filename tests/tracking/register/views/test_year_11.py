"""A school's own Year 11: whom it lists, what is kept on the page, and that nobody else's is reached."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import (
    make_activity,
    make_authority,
    make_objection,
    make_person,
    make_school,
    make_user,
    seed_reference,
    sign_in,
)
from tracking.models import Concern, Offer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2027-04-20T10:00")
    seed_reference()


@pytest.fixture
def council():
    return make_authority()


@pytest.fixture
def school(council):
    return make_school(name="Hill School", la_code=council.code)


@pytest.fixture
def secretary(council, school):
    return make_user("school_user", council, establishment=school)


@pytest.fixture
def at_school(client, secretary):
    return sign_in(client, secretary)


def pupil(council, school, given, **fields):
    named = {"given_name": given, "family_name": "Quill", "date_of_birth": date(2011, 1, 5), **fields}
    person = make_person(council, **named)
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    return person


@pytest.fixture
def ada(council, school):
    return pupil(council, school, "Ada")


def shown(client, **asked):
    response = client.get(reverse("year_11"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_only_its_own_year_11_is_listed(at_school, council, school, ada):
    pupil(council, make_school(), "Bram")
    pupil(council, school, "Cleo", date_of_birth=date(2010, 8, 31))
    pupil(council, school, "Dara", restricted_on=date(2026, 1, 1), restricted_reason="Asked for")
    objector = pupil(council, school, "Ezra")
    make_objection(objector, date(2026, 1, 1))
    objector.offers.create(
        place="Vale College", stage="accepted", said_on=date(2027, 4, 1), source="provider"
    )

    page = shown(at_school)

    assert "Ada Quill" in page
    assert "Ezra Quill" in page
    assert not [name for name in ("Bram", "Cleo", "Dara", "Vale College") if name in page]


def test_what_is_chosen_is_kept_and_the_line_comes_back(at_school, council, school, ada):
    asked = {"place": "Vale College", "course": "Art", "stage": "conditional"}

    answer = at_school.post(
        reverse("add_year_11_place", args=[ada.ref]), asked, headers={"hx-request": "true"}
    )

    offer = Offer.objects.get()
    assert (offer.place, offer.stage, offer.source, offer.told_by) == (
        "Vale College",
        "conditional",
        "provider",
        school,
    )
    assert ada.guarantees.get().status == "110"
    assert "Vale College, Art" in answer.content.decode()
    assert "Saved" in answer.content.decode()

    url = reverse("change_year_11_place", args=[ada.ref, offer.pk])
    for stage, version, said in (("declined", 1, "Saved"), ("refused", 1, "Somebody changed this line")):
        answer = at_school.post(url, {"stage": stage, "version": version}, headers={"hx-request": "true"})
        assert said in answer.content.decode()
    assert (Offer.objects.get().stage, ada.guarantees.get().status) == ("declined", "159")


def test_without_scripts_the_page_says_what_was_kept(at_school, ada):
    url = reverse("year_11_concern", args=[ada.ref])

    page = at_school.post(url, {"words": "Rarely in"}, follow=True).content.decode()
    assert "Saved for Ada Quill." in page
    assert "Rarely in" in page
    at_school.post(url, {"words": ""})
    assert Concern.objects.get().over_on == date(2027, 4, 20)

    page = at_school.post(
        reverse("add_year_11_place", args=[ada.ref]), {"place": ""}, follow=True
    ).content.decode()
    assert "Not saved for Ada Quill." in page


def test_the_filters_show_whom_they_name(at_school, council, school, ada):
    bram, cleo, dara = (pupil(council, school, given) for given in ("Bram", "Cleo", "Dara"))
    bram.offers.create(place="Vale", stage="applied", said_on=date(2027, 1, 5))
    cleo.guarantees.create(year_group=11, status="110")
    dara.concerns.create(establishment=school, words="Has no plan", raised_on=date(2027, 1, 5))
    dara.offers.create(place="Vale", stage="accepted", said_on=date(2025, 1, 5))

    found = {
        show: [
            name for name in ("Ada", "Bram", "Cleo", "Dara") if f"{name} Quill" in shown(at_school, show=show)
        ]
        for show in ("", "no_offer", "no_application", "concern")
    }

    assert found == {
        "": ["Ada", "Bram", "Cleo", "Dara"],
        "no_offer": ["Ada", "Bram", "Dara"],
        "no_application": ["Ada", "Dara"],
        "concern": ["Dara"],
    }


def test_nobody_reaches_a_pupil_of_another_school(at_school, council, ada):
    stranger = pupil(council, make_school(), "Bram")
    offer = stranger.offers.create(place="Vale", stage="applied", said_on=date(2027, 1, 5))
    theirs = reverse("change_year_11_place", args=[ada.ref, offer.pk])

    for url in (
        reverse("add_year_11_place", args=[stranger.ref]),
        reverse("year_11_concern", args=[stranger.ref]),
        reverse("change_year_11_place", args=[stranger.ref, offer.pk]),
        theirs,
    ):
        assert (
            at_school.post(url, {"stage": "accepted", "version": 1, "words": "x", "place": "x"}).status_code
            == 404
        )
    assert Offer.objects.get().stage == "applied"
    assert not Concern.objects.exists()


def test_the_page_takes_the_same_statements_for_one_and_for_forty(
    at_school, council, school, ada, django_assert_max_num_queries
):
    for number in range(40):
        person = pupil(council, school, f"Nan{number}")
        person.offers.create(place="Vale", stage="applied", said_on=date(2027, 1, 5), told_by=school)
    shown(at_school)

    with django_assert_max_num_queries(16):
        shown(at_school)


def test_the_file_has_a_line_for_each_place_and_computes_nothing(at_school, council, school, ada):
    ada.offers.create(place="=1+1", stage="applied", said_on=date(2027, 1, 5), preference=1)
    ada.offers.create(place="Vale", stage="conditional", said_on=date(2027, 1, 5), preference=2)

    response = at_school.get(reverse("year_11_file"))

    page = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[4], row[6]) for row in rows] == [
        ("Quill, Ada", "=1+1", "Applied, no answer yet"),
        ("Quill, Ada", "Vale", "Offer on conditions"),
    ]
    assert page["E2"].data_type == "s"


def test_a_college_has_no_year_11_of_its_own(client, council):
    sign_in(client, make_user("college_user", council, establishment=make_school()))

    assert client.get(reverse("year_11")).status_code == 404


def test_in_october_the_next_year_11_is_theirs(client, secretary, council, school, ada, monkeypatch):
    younger = pupil(council, school, "Finn", date_of_birth=date(2012, 1, 5))

    monkeypatch.setenv("DJANGO_NOW", "2027-09-30T23:00")
    at_school = sign_in(client, secretary)
    assert "Ada" in shown(at_school)
    monkeypatch.setenv("DJANGO_NOW", "2027-10-01T01:00")
    page = shown(sign_in(Client(), secretary))

    assert "Ada Quill" not in page
    assert younger.full_name in page
