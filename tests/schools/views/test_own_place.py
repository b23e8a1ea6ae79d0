"""A school says once a year that its people are right, and names whom the council asks."""

from typing import Any

import pytest
from django.urls import reverse

from neet import clock
from neet.accounts.models import User
from neet.audit.models import AuditEvent
from schools.actions.attesting import attest
from schools.actions.people import Refused
from schools.models import Attestation, Authority, Contact, Establishment
from tests.factories import make_authority, make_school, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_day_in_september(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-21T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(name="Hill School")


@pytest.fixture
def secretary(authority: Authority, school: Establishment) -> User:
    return make_user("school_user", authority, establishment=school)


def test_a_school_says_with_one_click_that_its_people_are_right_and_the_council_sees_it(
    client: Any, authority: Authority, school: Establishment, secretary: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_school(name="Vale School")
    make_user("school_user", authority, establishment=other)
    sign_in(client, secretary)
    assert "look through who may sign in" in client.get(reverse("home"), follow=True).content.decode()
    assert "Are these the right people?" in client.get(reverse("own_colleagues")).content.decode()

    client.post(reverse("attest_own"))
    client.post(reverse("attest_own"))

    said = Attestation.objects.get()
    assert (said.establishment, said.academic_year, said.made_by) == (school, 2026, secretary)
    assert AuditEvent.objects.filter(kind="schools.people_said_to_be_right").exists()
    page = client.get(reverse("own_colleagues")).content.decode()
    assert "Are these the right people?" not in page
    sign_in(client, make_user("mi_officer", authority))
    board = client.get(reverse("attestations")).content.decode()
    assert "1 of 2 have looked through" in board
    assert secretary.name in board
    monkeypatch.setenv("DJANGO_NOW", "2027-09-01T10:00")
    assert (
        "Are these the right people?"
        in sign_in(client, secretary).get(reverse("own_colleagues")).content.decode()
    )


def test_nobody_says_it_for_another_school(authority: Authority, secretary: User) -> None:
    with pytest.raises(Refused):
        attest(authority=authority, establishment=make_school(), on=clock.today(), by=secretary)


def test_a_school_names_its_leaver_contact_and_data_lead(
    client: Any, authority: Authority, school: Establishment, secretary: User
) -> None:
    head = Contact.objects.create(authority=authority, establishment=school, purpose="head", name="H Head")
    theirs = Contact.objects.create(
        authority=authority, establishment=make_school(), purpose="data", name="D Data"
    )
    sign_in(client, secretary)
    typed = {"purpose": "leavers", "name": "Lee Vers", "email": "lee@example.org", "telephone": ""}

    client.post(reverse("add_own_contact"), typed)

    made = Contact.objects.get(name="Lee Vers")
    assert (made.establishment, made.authority, made.purpose) == (school, authority, "leavers")
    client.post(reverse("change_own_contact", args=[made.pk]), {**typed, "purpose": "data"})
    made.refresh_from_db()
    assert made.purpose == "data"
    page = client.post(reverse("add_own_contact"), {**typed, "email": ""}).content.decode()
    assert "Enter an e-mail address or a telephone number" in page
    for each in (head, theirs):
        assert client.get(reverse("change_own_contact", args=[each.pk])).status_code == 404
        assert client.post(reverse("drop_own_contact", args=[each.pk])).status_code == 404
    client.post(reverse("drop_own_contact", args=[made.pk]))
    assert not Contact.objects.filter(pk=made.pk).exists()


def test_who_only_prepares_returns_changes_none_of_it(
    client: Any, authority: Authority, school: Establishment
) -> None:
    sign_in(client, make_user("school_user", authority, establishment=school))
    prepares = make_user("school_user", authority, establishment=school)
    prepares.memberships.update(can_submit=False)
    sign_in(client, prepares)

    assert client.post(reverse("attest_own")).status_code == 404
    assert client.get(reverse("add_own_contact")).status_code == 404
