"""A school or college looks after its own people's access, and after nobody else's."""

from datetime import date

import pytest
from django.urls import reverse

from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from schools.actions.invitations import NotUsable, accept_with_new_account, usable
from schools.models import Invitation, Membership
from tests.browser import assert_accessible
from tests.factories import make_authority, make_college, make_school, make_user
from tests.mailbox import invitation_token

pytestmark = pytest.mark.django_db
ADDRESS = "new.person@example.org"
TYPED = {"name": "New Person", "email": ADDRESS, "may": "prepares"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def school():
    return make_school(name="Ambleford School")


@pytest.fixture
def secretary(authority, school):
    return make_user("school_user", authority, establishment=school, name="Sam Secretary")


@pytest.fixture
def client(secretary, signed_in):
    return signed_in(secretary)


def place_of(user) -> Membership:
    return Membership.objects.get(user=user)


def test_the_page_names_colleagues_of_the_same_place_only(client, authority, school):
    make_user("school_user", authority, establishment=school, name="Con Tributor")
    for other in (
        make_user("school_user", authority, establishment=make_school(), name="Far Away"),
        make_user("school_user", make_authority(), establishment=school, name="Other Council"),
        make_user("tracking_officer", authority, name="Of Council"),
        make_user("school_user", authority, establishment=school, name="Left Long", ends_on=date(2024, 7, 1)),
    ):
        assert other.pk

    page = client.get(reverse("own_colleagues")).content.decode()

    assert "Con Tributor" in page
    assert "Sam Secretary (you)" in page
    assert not any(name in page for name in ("Far Away", "Other Council", "Of Council", "Left Long"))


def test_a_colleague_is_invited_to_prepare_and_may_not_send(client, school):
    assert client.post(reverse("invite_own"), TYPED).url == reverse("own_colleagues")
    token = invitation_token(ADDRESS)

    client.logout()
    client.get(reverse("invitation_link", args=[token]))
    client.post(reverse("invitation"), {"name": "New Person", "password": "three unrelated words"})

    held = Membership.objects.get(user__email=ADDRESS)
    assert (held.role, held.establishment, held.can_submit) == ("school_user", school, False)
    scope = scope_of(held.user)
    assert scope.can(Permission.RETURN_CONTRIBUTE)
    assert not scope.can(Permission.RETURN_SUBMIT)
    assert not scope.can(Permission.OWN_COLLEAGUES)


@pytest.mark.parametrize(
    "more",
    [
        {"role": "mi_officer"},
        {"role": "system_admin", "authority": ""},
        {"establishment": "{other}"},
        {"establishment_id": "{other}", "authority_id": "1", "district": "1", "service": "1"},
        {"can_submit": "on", "is_staff": "on", "is_superuser": "on"},
        {"accepted_at": "2026-01-01", "expires_at": "2030-01-01"},
    ],
    ids=lambda more: ",".join(more),
)
def test_nothing_but_what_the_form_asks_is_taken(client, authority, school, secretary, more):
    other = make_school()
    more = {name: value.format(other=other.pk) for name, value in more.items()}

    client.post(reverse("invite_own"), {**TYPED, **more})

    made = Invitation.objects.get()
    assert (made.role, made.establishment, made.authority) == ("school_user", school, authority)
    assert (made.can_submit, made.district, made.service) == (False, None, None)
    assert made.accepted_at is None
    assert made.expires_at.date() == date(2026, 11, 29)


def test_a_contributor_looks_after_nobody(authority, school, signed_in):
    contributor = make_user("school_user", authority, establishment=school, can_submit=False)
    browser = signed_in(contributor)

    assert browser.get(reverse("own_colleagues")).status_code == 404
    assert browser.post(reverse("invite_own"), TYPED).status_code == 404
    assert not Invitation.objects.exists()


def test_a_colleague_is_raised_to_send_and_ended_at_once(client, authority, school):
    colleague = make_user("school_user", authority, establishment=school, can_submit=False)
    held = place_of(colleague)

    client.post(
        reverse("change_own", args=[held.pk]), {"may": "sends", "role": "mi_officer", "ends_on": "2030"}
    )
    held.refresh_from_db()
    assert (held.can_submit, held.role, held.ends_on) == (True, "school_user", None)

    client.post(reverse("end_own", args=[held.pk]))
    held.refresh_from_db()
    assert held.ends_on == date(2026, 11, 21)
    colleague.kept_scope = None
    assert not scope_of(colleague).places


def test_places_that_are_not_like_their_own_are_out_of_reach(client, authority, school, secretary):
    others = [
        make_user("school_user", authority, establishment=make_school()),
        make_user("school_user", make_authority(), establishment=school),
        make_user("college_user", authority, establishment=make_college()),
        make_user("tracking_officer", authority),
        secretary,
    ]
    for other in others:
        for name in ("change_own", "end_own"):
            answer = client.post(reverse(name, args=[place_of(other).pk]), {"may": "sends"})
            assert answer.status_code == 404
    assert not Membership.objects.exclude(ends_on=None).exists()


def test_an_invitation_of_another_school_is_out_of_reach(client, authority, signed_in):
    elsewhere = make_user("school_user", authority, establishment=make_school())
    signed_in(elsewhere).post(reverse("invite_own"), TYPED)
    made = Invitation.objects.get()

    for name in ("withdraw_own", "invite_own_again"):
        assert client.post(reverse(name, args=[made.pk])).status_code == 404
    made.refresh_from_db()
    assert made.withdrawn_at is None
    assert Message.objects.count() == 1


def test_an_invitation_is_for_one_address_and_once(client, secretary):
    client.post(reverse("invite_own"), TYPED)
    token = invitation_token(ADDRESS)
    made = Invitation.objects.get()

    with pytest.raises(NotUsable):
        usable(token_hash=made.token_hash, user=secretary)
    accept_with_new_account(token_hash=made.token_hash, name="X", password="three unrelated words")
    with pytest.raises(NotUsable):
        accept_with_new_account(token_hash=made.token_hash, name="X", password="three unrelated words")
    assert token


def test_who_works_for_two_schools_says_for_which(authority, school, signed_in):
    second = make_school(name="Second School")
    user = make_user("school_user", authority, establishment=school)
    Membership.objects.create(user=user, role="school_user", authority=authority, establishment=second)
    browser = signed_in(user)
    session = browser.session
    session["desk"] = f"{authority.pk}-{second.pk}"
    session.save()

    browser.post(reverse("invite_own"), TYPED)

    assert Invitation.objects.get().establishment == second


@pytest.mark.parametrize("name", ["home", "due", "own_colleagues", "invite_own", "register"])
def test_whom_to_ask_at_the_council_stands_on_every_page(client, authority, name):
    authority.contact_name, authority.contact_telephone = "Returns team", "01632 960123"
    authority.contact_email = "returns@example.org"
    authority.save()

    page = client.get(reverse(name)).content.decode()

    assert all(words in page for words in ("Returns team", "01632 960123", "returns@example.org"))


def test_the_list_needs_few_statements(client, authority, school, assert_statements):
    for _ in range(12):
        make_user("school_user", authority, establishment=school)
    client.get(reverse("own_colleagues"))

    with assert_statements(9):
        client.get(reverse("own_colleagues"))


@pytest.mark.browser
@pytest.mark.parametrize("name", ["own_colleagues", "invite_own"])
def test_the_pages_pass_axe(browse, secretary, name):
    page = browse(secretary)
    page.goto(reverse(name))
    assert_accessible(page)
