"""An invitation is worth one account, for one address, at one place, for seven days."""

from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.scope import Place
from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from neet.messages.models import Message
from schools.actions.invitations import (
    NotUsable,
    accept_with_new_account,
    hash_of,
    invite,
    send_again,
    usable,
    withdraw,
)
from schools.actions.people import Refused
from schools.models import Invitation, Membership
from tests.factories import make_authority, make_school, make_user
from tests.mailbox import invitation_token, newest

pytestmark = pytest.mark.django_db
GOOD = "three unrelated words"
ADDRESS = "new.person@example.org"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def mi(authority):
    return make_user("mi_officer", authority, name="Ira Inviter")


@pytest.fixture
def invited(authority, mi):
    return sent(Place("school_user", authority.pk, make_school().pk), by=mi)


def sent(place: Place, *, by: User) -> SimpleNamespace:
    """An invitation made and posted, and the secret only its message holds."""
    invitation = invite(name="New Person", email=ADDRESS, place=place, by=by)
    token = invitation_token(ADDRESS)
    invitation.refresh_from_db()
    return SimpleNamespace(invitation=invitation, token=token)


def opened(token: str) -> Client:
    """A browser that followed the link in the message."""
    client = Client()
    assert client.get(reverse("invitation_link", args=[token])).url == reverse("invitation")
    return client


def accept(client: Client, **changed: str):
    return client.post(reverse("invitation"), {"name": "New Person", "password": GOOD, **changed})


def test_the_token_is_kept_only_as_its_digest(invited):
    row = Invitation.objects.get()

    assert invited.token not in str(vars(row))
    assert row.token_hash == hash_of(invited.token)
    assert len(invited.token) >= 43


def test_the_message_names_the_invited_and_nobody_else(authority, mi, settings):
    settings.BASE_URL = "https://neet.council.example"

    made = sent(Place("governance", authority.pk), by=mi)

    text = newest(ADDRESS)
    assert f"https://neet.council.example/invitation/{made.token}/" in text
    assert mail.outbox[0].subject == "You are invited to sign in"
    assert "New Person" in text
    assert "Ira" not in text


def test_the_outbox_keeps_neither_the_secret_nor_the_name_nor_the_address(invited):
    kept = str(vars(Message.objects.get()))

    assert not any(each in kept for each in (invited.token, "New Person", ADDRESS))


def test_what_was_not_invited_after_all_is_not_posted(authority, mi):
    with pytest.raises(RuntimeError), transaction.atomic():
        invite(name="New Person", email=ADDRESS, place=Place("governance", authority.pk), by=mi)
        raise RuntimeError

    assert deliver() == 0
    assert not Message.objects.exists()


def test_an_invitation_taken_back_before_it_was_posted_stays_here(authority, mi):
    invitation = invite(name="New Person", email=ADDRESS, place=Place("governance", authority.pk), by=mi)
    withdraw(invitation=invitation, by=mi)

    assert deliver() == 0
    assert Message.objects.get().state == Message.State.UNREACHABLE


def test_sent_again_only_the_new_link_works_and_for_seven_days(invited, mi, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-28T10:00")
    send_again(invitation=invited.invitation, by=mi)
    token = invitation_token(ADDRESS)
    monkeypatch.setenv("DJANGO_NOW", "2026-12-05T09:59")

    assert accept(opened(invited.token)).status_code == 404
    assert accept(opened(token)).status_code == 302
    assert AuditEvent.objects.filter(kind="schools.invitation_sent").count() == 2


def test_a_used_invitation_is_not_sent_again(invited, mi):
    accept(opened(invited.token))

    with pytest.raises(Refused, match="used or taken back"):
        send_again(invitation=invited.invitation, by=mi)


def test_it_is_sent_again_and_taken_back_from_the_list_of_colleagues(invited, mi, signed_in):
    client = signed_in(mi)
    client.post(reverse("invite_again", args=[invited.invitation.pk]))
    assert len({invitation_token(ADDRESS), invited.token}) == 2

    client.post(reverse("withdraw_invitation", args=[invited.invitation.pk]))

    assert "New Person" not in client.get(reverse("colleagues")).content.decode().split("is taken back")[1]


def test_nobody_sends_the_invitations_of_another_council_again(invited, signed_in):
    stranger = signed_in(make_user("mi_officer", make_authority()))

    answer = stranger.post(reverse("invite_again", args=[invited.invitation.pk]))

    assert answer.status_code == 404
    assert Message.objects.count() == 1


def test_accepting_makes_the_account_with_the_place_of_the_invitation(invited, authority):
    answer = accept(opened(invited.token))

    user = User.objects.get(email=ADDRESS)
    held = Membership.objects.get(user=user)
    assert (held.role, held.authority, held.establishment_id) == (
        "school_user", authority, invited.invitation.establishment_id,
    )  # fmt: skip
    assert user.check_password(GOOD)
    assert answer.status_code == 302
    assert AuditEvent.objects.filter(kind="schools.invitation_accepted", user_id=user.pk).exists()


def test_a_new_account_sees_nothing_before_its_second_step(invited):
    client = opened(invited.token)
    accept(client)

    assert reverse("second_factor") in client.get("/rules/").url


def test_a_token_used_twice_is_refused(invited):
    accept(opened(invited.token))

    assert accept(opened(invited.token), name="Somebody Else").status_code == 404
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_a_role_raised_in_the_body_changes_nothing(invited, authority):
    other = make_authority()
    raised = {
        "role": "system_admin",
        "authority": other.pk,
        "authority_id": other.pk,
        "is_staff": "on",
        "is_superuser": "on",
        "email": "attacker@example.org",
        "can_submit": "",
        "establishment": "1",
    }

    accept(opened(invited.token), **raised)

    held = Membership.objects.get(user__email=ADDRESS)
    assert (held.role, held.authority) == ("school_user", authority)
    assert not User.objects.filter(email="attacker@example.org").exists()
    assert not held.user.is_staff
    assert not held.user.is_superuser


def test_somebody_elses_invitation_is_not_there(invited, signed_in):
    stranger = signed_in(make_user("mi_officer", make_authority()))
    stranger.get(reverse("invitation_link", args=[invited.token]))

    answer = stranger.post(reverse("invitation"))

    absent = signed_in(make_user("mi_officer", make_authority())).post(reverse("invitation"))
    assert answer.status_code == absent.status_code == 404
    assert not Membership.objects.filter(role="school_user").exists()


@pytest.mark.parametrize("how", ["wrong", "withdrawn", "late", "inviter left"])
def test_what_cannot_be_used_looks_like_what_was_never_sent(invited, mi, monkeypatch, how):
    token = "x" * 43 if how == "wrong" else invited.token
    if how == "withdrawn":
        withdraw(invitation=invited.invitation, by=mi)
    if how == "late":
        monkeypatch.setenv("DJANGO_NOW", "2026-11-29T10:01")
    if how == "inviter left":
        mi.is_active = False
        mi.save()

    answer = accept(opened(token))

    assert answer.status_code == 404
    assert not User.objects.filter(email=ADDRESS).exists()


def test_looking_at_the_link_accepts_nothing(invited):
    client = opened(invited.token)
    for _ in range(3):
        assert client.get(reverse("invitation")).status_code == 200

    assert usable(token_hash=hash_of(invited.token), user=None) == invited.invitation


def test_the_secret_does_not_stay_in_the_address(invited):
    answer = Client().get(reverse("invitation_link", args=[invited.token]))

    assert invited.token not in answer.url
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example"])
def test_the_host_of_the_request_never_gets_into_the_message(authority, mi, signed_in, host, settings):
    settings.ALLOWED_HOSTS = ["*"]
    typed = {"name": "New Person", "email": ADDRESS, "role": "governance"}

    signed_in(mi).post(reverse("invite"), typed, headers={"Host": host, "X-Forwarded-Host": host})

    assert "evil" not in newest(ADDRESS)


def test_inviting_again_ends_the_earlier_link(invited, mi):
    place = invited.invitation
    invite(
        name="New Person", email=ADDRESS,
        place=Place(place.role, place.authority_id, place.establishment_id), by=mi,
    )  # fmt: skip

    with pytest.raises(NotUsable):
        usable(token_hash=hash_of(invited.token), user=None)


@pytest.mark.parametrize("password", ["short", "password1234", ""])
def test_a_weak_password_is_refused_in_words(invited, password):
    answer = accept(opened(invited.token), password=password)

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_somebody_with_an_account_signs_in_and_accepts(authority, mi, signed_in):
    user = make_user("tracking_officer", authority, email=ADDRESS)
    made = sent(Place("governance", authority.pk), by=mi)
    assert "Sign in to accept" in opened(made.token).get(reverse("invitation")).content.decode()
    client = signed_in(user)
    client.get(reverse("invitation_link", args=[made.token]))

    client.post(reverse("invitation"))

    assert set(user.memberships.values_list("role", flat=True)) == {"tracking_officer", "governance"}


def test_an_account_is_not_made_over_one_that_exists(invited):
    make_user(email=ADDRESS)

    with pytest.raises(NotUsable):
        accept_with_new_account(token_hash=hash_of(invited.token), name="New", password=GOOD)


def test_nobody_invites_themselves_to_more(authority, mi):
    with pytest.raises(Refused, match="your own role"):
        invite(name="Me", email=mi.email.upper(), place=Place("governance", authority.pk), by=mi)


@pytest.mark.parametrize("role", ["system_admin", "tracking_officer"])
def test_nobody_invites_to_what_is_not_theirs(mi, role):
    with pytest.raises(Refused):
        invite(name="X", email=ADDRESS, place=Place(role, make_authority().pk), by=mi)
