"""Applications and offers on a record: shown to whom they may be, added and changed by an officer."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_authority, make_objection, make_person, make_user, seed_reference, sign_in
from tracking.models import Offer

pytestmark = pytest.mark.django_db
ASKED = {
    "place": "Vale College", "course": "Art", "stage": "conditional", "conditions": "Five GCSEs", "preference": "1",
    "source": "young_person", "said_on_day": "20", "said_on_month": "11", "said_on_year": "2026",
}  # fmt: skip


@pytest.fixture
def person(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    seed_reference()
    return make_person(make_authority(), date_of_birth=date(2011, 3, 3))


@pytest.fixture
def officer(client, person):
    return sign_in(client, make_user("tracking_officer", person.authority))


def test_an_officer_adds_and_changes_a_place(officer, person):
    url = reverse("add_offer", args=[person.ref])
    assert "How does it stand?" in officer.get(url).content.decode()

    page = officer.post(url, ASKED, follow=True).content.decode()

    offer = Offer.objects.get()
    assert (offer.place, offer.preference, offer.source) == ("Vale College", 1, "young_person")
    assert "Vale College, Art" in page
    assert "Has been offered a place" in page

    url = reverse("change_offer", args=[person.ref, offer.pk])
    officer.post(url, {**ASKED, "stage": "refused", "version": "1"})
    assert Offer.objects.get().stage == "refused"
    page = officer.get(reverse("person_history", args=[person.ref])).content.decode()
    assert "Refused by the place: Vale College, Art" in page

    conflict = officer.post(url, {**ASKED, "stage": "accepted", "version": "1"})
    assert conflict.status_code == 409
    assert "Refused by the place" in conflict.content.decode()


def test_what_is_missing_is_asked_for(officer, person):
    page = officer.post(reverse("add_offer", args=[person.ref]), {"stage": "conditional"}).content.decode()

    assert "There is a problem" in page
    assert not Offer.objects.exists()


def test_what_a_school_told_of_an_objector_is_not_shown(officer, person):
    person.offers.create(place="Vale College", stage="accepted", said_on=date(2026, 11, 1), source="provider")
    person.offers.create(
        place="Far College", stage="applied", said_on=date(2026, 11, 1), source="young_person"
    )
    make_objection(person, date(2026, 1, 1))

    page = officer.get(reverse("person", args=[person.ref])).content.decode()

    assert "Far College" in page
    assert "Vale College" not in page


def test_a_place_of_somebody_else_is_not_there(officer, person):
    other = make_person(person.authority)
    offer = other.offers.create(place="Vale College", stage="applied", said_on=date(2026, 11, 1))

    assert officer.get(reverse("change_offer", args=[person.ref, offer.pk])).status_code == 404
