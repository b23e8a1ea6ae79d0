"""A forgotten password is set anew by a link, once; easy ones are refused."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from neet.accounts import actions
from tests.neet.accounts.signing_in import PASSWORD, SECRET, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN, STEP, ACCOUNT = "/sign-in/", "/account/second-factor/", "/account/"


def reset_link(client: Client, user, **headers) -> str:
    client.post("/password/reset/", {"email": user.email}, **headers)
    return re.search(r"https?://\S+", mail.outbox[-1].body)[0]


def use_link(client: Client, link: str, password: str):
    form = client.get(link[link.index("/password") :]).headers.get(
        "Location", "/password/reset/0-set-password/"
    )
    return client.post(form, {"password1": password, "password2": password})


def test_a_reset_changes_the_password_once_ends_other_sessions_and_keeps_the_second_factor(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    elsewhere = sign_in(Client(), user)
    link = reset_link(client, user)

    use_link(client, link, "four green ladders lean")
    use_link(Client(), link, "five blue lanterns swing")

    user.refresh_from_db()
    assert user.check_password("four green ladders lean")
    assert elsewhere.get(ACCOUNT).status_code == 302
    half_in_again = Client()
    half_in_again.post(SIGN_IN, {"login": user.email, "password": "four green ladders lean"})
    assert half_in_again.get(ACCOUNT).url.startswith(STEP)


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_the_link_of_a_reset_names_the_fixed_address_whatever_the_request_says(
    client, person, settings, header
):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://neet.council.example"

    link = reset_link(client, person(), **{header: "evil.example"})

    assert link.startswith("https://neet.council.example/password/reset/")


@pytest.mark.parametrize(
    "password",
    [
        "short words",
        "password1234",
        "P@ssw0rd!2026",
        "abcabcabcabc",
        "qwertyuiop123",
        "aaaaaaaaaaaaaaa",
        "Letmein20262026",
    ],
)
def test_easy_passwords_are_refused(client, person, password):
    user = person()

    response = use_link(client, reset_link(client, user), password)

    assert response.context["form"].errors["password1"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    "password", ["x7 " * 23 + "ünd Ende", "only small letters here", "UPPER AND lower 3 parrots"]
)
def test_any_long_password_is_taken_and_kept_as_it_was_typed(client, person, password):
    user = person()

    use_link(client, reset_link(client, user), password)

    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(password.swapcase())
    assert not user.check_password(password[:-1])


def test_a_password_is_hidden_and_may_be_filled_in_by_a_keeper(client):
    page = client.get(reverse("account_login")).content.decode()
    field = re.search(r"<input[^>]*name=\"password\"[^>]*>", page)[0]

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_a_password_is_changed_by_who_knows_the_one_before(client, person):
    user = person()
    sign_in(client, user)
    new = "four unrelated parrots sing"
    url = reverse("account_change_password")

    client.post(url, {"oldpassword": "not the one before", "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)

    client.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.parametrize(
    "password", ["Ambershire2026!", "AmbershireCouncil1", "4mb3rsh!r3-C0unc!l", "Participation2026"]
)
def test_the_council_s_own_name_is_no_password(client, person, settings, password):
    settings.COUNCIL_NAME = "Ambershire Council"
    user = person()
    asked = use_link(client, reset_link(client, user), password)

    assert asked.context["form"].errors["password1"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
