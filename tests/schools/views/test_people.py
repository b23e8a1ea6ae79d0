"""The pages of colleagues: who sees whom, and what a click does."""

import re

import pytest
from django.urls import reverse

from neet.accounts.actions import add_app
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tests.factories import make_authority, make_district, make_school, make_service, make_user
from tests.neet.accounts.signing_in import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def mi(authority, signed_in):
    return signed_in(make_user("mi_officer", authority))


def test_the_list_shows_the_councils_people_and_nobody_elses(mi, authority):
    make_user("caseworker", authority, name="Ours Here", service=make_service(authority))
    make_user("caseworker", make_authority(), name="Theirs Elsewhere")

    page = mi.get(reverse("colleagues")).content.decode()

    assert "Ours Here" in page
    assert "Theirs Elsewhere" not in page


def test_the_list_costs_the_same_for_few_and_for_many(mi, authority, assert_statements):
    for _ in range(30):
        make_user("district_lead", authority, district=make_district(authority))

    with assert_statements(13):
        mi.get(reverse("colleagues"))


@pytest.mark.parametrize(("query", "shown"), [({"role": "governance"}, False), ({"role": "caseworker"}, True),
                                              ({"state": "left"}, False), ({"state": "nonsense"}, True)])  # fmt: skip
def test_the_list_is_filtered(mi, authority, query, shown):
    make_user("caseworker", authority, name="Ours Here")

    assert ("Ours Here" in mi.get(reverse("colleagues"), query).content.decode()) is shown


def test_places_in_other_councils_are_not_told(mi, authority):
    user = make_user("school_user", authority, establishment=make_school(name="Near School"))
    elsewhere = make_authority(name="Farshire")
    user.memberships.create(role="manager", authority=elsewhere)

    page = mi.get(reverse("colleague", args=[user.pk])).content.decode()

    assert "Near School" in page
    assert "Farshire" not in page


def everything(user_id: int, membership_id: int) -> list[str]:
    return [
        reverse("colleague", args=[user_id]), reverse("give_place", args=[user_id]),
        reverse("close_account", args=[user_id]), reverse("reopen_account", args=[user_id]),
        reverse("take_second_step_away", args=[user_id]),
        reverse("change_place", args=[membership_id]), reverse("end_place", args=[membership_id]),
    ]  # fmt: skip


def told(answer) -> str:
    """The page without the token that differs on every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_somebody_of_another_council_is_as_absent_as_nobody(mi):
    foreign = make_user("mi_officer", make_authority())

    for own, absent in zip(
        everything(foreign.pk, foreign.memberships.get().pk), everything(999_999, 999_999), strict=True
    ):
        assert mi.get(own).status_code == mi.post(own).status_code == 404
        assert told(mi.get(own)) == told(mi.get(absent))


@pytest.mark.parametrize("role", ["tracking_officer", "governance", "school_user", "caseworker"])
def test_who_does_not_manage_accounts_finds_nothing_here(authority, signed_in, role):
    places = {"establishment": make_school()} if role == "school_user" else {}
    client = signed_in(make_user(role, authority, **places))

    assert client.get(reverse("colleagues")).status_code == 404
    assert client.get(reverse("invite")).status_code == 404


def test_accounts_are_changed_only_with_a_fresh_second_step(mi, authority, monkeypatch):
    user = make_user("caseworker", authority)
    session = mi.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 1.0}]
    session.save()

    for page in ("close_account", "take_second_step_away"):
        answer = mi.get(reverse(page, args=[user.pk]))

        assert answer.url.startswith(reverse("fresh_second_factor"))


def test_who_lost_the_second_step_is_known_before_it_is_taken_away(mi, authority):
    user = make_user("caseworker", authority, name="Ours Here")
    add_app(user=user, secret=SECRET)
    asked = reverse("take_second_step_away", args=[user.pk])
    assert asked in mi.get(reverse("colleague", args=[user.pk])).content.decode()

    unsaid = mi.post(asked, {"why": " "}).content.decode()
    assert "Say who asked and how you knew it was them" in unsaid
    assert user.authenticator_set.exists()

    answer = mi.post(asked, {"why": "Rang her desk"}, follow=True).content.decode()
    assert "Done: take the second step away from Ours Here." in answer
    assert not user.authenticator_set.exists()


def test_a_place_is_given_changed_and_ended(mi, authority):
    user = make_user("caseworker", authority)
    day = {"starts_on_day": "1", "starts_on_month": "dec", "starts_on_year": "2026"}

    mi.post(reverse("give_place", args=[user.pk]), {"role": "governance", **day, "can_submit": "on"})
    held = user.memberships.get(role="governance")
    end = {"ends_on_day": "31", "ends_on_month": "12", "ends_on_year": "2026"}
    mi.post(reverse("change_place", args=[held.pk]), {**day, **end})
    held.refresh_from_db()

    assert (held.starts_on.isoformat(), held.ends_on.isoformat(), held.can_submit) == (
        "2026-12-01", "2026-12-31", False,
    )  # fmt: skip


@pytest.mark.parametrize(("role", "writes"), [("caseworker", True), ("contractor", False)])
def test_business_support_is_a_caseworker_who_records_for_others(mi, authority, role, writes):
    """The tick on a place lets a caseworker write down what colleagues did, and raises nobody else (R145)."""
    user = make_user("hub_worker", authority, service=make_service(authority))
    service = make_service(authority)
    day = {"starts_on_day": "1", "starts_on_month": "jan", "starts_on_year": "2026"}

    place = {"role": role, "service": service.pk, **day, "records_for_others": "on"}
    mi.post(reverse("give_place", args=[user.pk]), place)

    assert user.memberships.filter(role=role, records_for_others=True).exists()
    assert scope_of(User.objects.get(pk=user.pk)).can(Permission.RECORD_FOR_OTHERS) is writes
    assert "Records for others" in mi.get(reverse("colleague", args=[user.pk])).content.decode()


def test_nobody_is_offered_to_change_themselves(authority, signed_in):
    user = make_user("mi_officer", authority)

    page = signed_in(user).get(reverse("colleague", args=[user.pk])).content.decode()

    assert "This is you" in page
    assert reverse("end_place", args=[user.memberships.get().pk]) not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"role": "school_user"}, "Select a school, college or provider"),
        ({"role": "district_lead"}, "Select a district"),
        ({"role": "school_user", "establishment_number": "1234567"}, "There is no school or college"),
        ({"role": "system_admin"}, "Select one of the choices"),
        ({}, "Select"),
    ],
)
def test_what_is_missing_in_an_invitation_is_said(mi, typed, words):
    page = mi.post(reverse("invite"), {"name": "A", "email": "a@example.org", **typed}).content.decode()

    assert words in page
