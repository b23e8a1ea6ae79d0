"""Every way in, every failure and every limit stands in the trail, with the kind and never with what was typed."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from neet.accounts import actions
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from tests.neet.accounts.signing_in import PASSWORD, SECRET, code_now, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN, STEP, ACCOUNT = "/sign-in/", "/account/second-factor/", "/account/"


def trail() -> list[tuple[str, int | None, str]]:
    """What stands there, less what giving somebody a key leaves."""
    found = AuditEvent.objects.exclude(kind=Kind.SECOND_FACTOR_ADDED).order_by("pk")
    return [(each.kind, each.user_id, each.why) for each in found]


def half_in(client: Client, user: Any, password: str = PASSWORD) -> Client:
    client.post(SIGN_IN, {"login": user.email, "password": password})
    return client


def test_a_password_and_an_app(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)

    half_in(client, user, "not the password")
    half_in(client, user).post(STEP, {"code": "000000"})
    client.post(STEP, {"code": code_now()})
    client.post("/sign-out/")

    assert trail() == [
        (Kind.SIGN_IN_FAILED, None, "password"),
        (Kind.FIRST_STEP_TAKEN, user.pk, "password"),
        (Kind.SECOND_FACTOR_FAILED, user.pk, "code"),
        (Kind.SIGNED_IN, user.pk, "totp"),
        (Kind.SIGNED_OUT, user.pk, ""),
    ]
    assert PASSWORD not in str(trail())


def test_a_code_from_the_mailbox_a_printed_one_and_a_passkey_that_is_none(client, person):
    user = person("school_user")
    printed = actions.make_recovery_codes(user=user)[0]

    half_in(client, user).post(STEP, {"send": "1"})
    client.post(STEP, {"credential": '{"id": "x"}'})
    client.post(STEP, {"code": re.search(r"\d{6}", mail.outbox[0].body)[0]})
    half_in(Client(), user).post(STEP, {"code": printed})

    assert trail()[1:] == [
        (Kind.FIRST_STEP_TAKEN, user.pk, "password"),
        (Kind.SECOND_FACTOR_FAILED, user.pk, "passkey"),
        (Kind.SIGNED_IN, user.pk, "mailbox"),
        (Kind.FIRST_STEP_TAKEN, user.pk, "password"),
        (Kind.SIGNED_IN, user.pk, "recovery"),
    ]


@pytest.mark.parametrize(
    "sent", ['{"id": "x"}', "{}", "[]", "7", '{"id": "eA", "rawId": "eA", "response": {}}', "no json"]
)
def test_a_passkey_alone_that_opens_nothing(client, sent):
    answer = client.post("/sign-in/passkey/", {"credential": sent})

    assert (answer.status_code, answer.url) == (302, SIGN_IN)
    assert trail() == [(Kind.SIGN_IN_FAILED, None, "passkey")]


def test_every_cookie_of_a_day_is_bound_as_that_of_the_session(client, person, settings):
    """A real installation names them for this host alone; browsers take such a cookie only with these."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.DEVICE_COOKIE_NAME = "__Host-device"
    user = person("school_user")
    actions.add_app(user=user, secret=SECRET)

    client.get(SIGN_IN, secure=True)
    client.post(SIGN_IN, {"login": user.email, "password": PASSWORD}, secure=True)
    client.post(STEP, {"code": code_now(), "remember": "on"}, secure=True)
    client.post("/account/sessions/end/", secure=True)

    assert set(client.cookies) == {"sessionid", "csrftoken", "messages", "__Host-device"}
    for name, cookie in client.cookies.items():
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (
            True,
            "/",
            "",
            "Lax",
        ), name
        assert name == "csrftoken" or cookie["httponly"], name
    later = Client()
    later.cookies["__Host-device"] = client.cookies["__Host-device"].value
    later.post(SIGN_IN, {"login": user.email, "password": PASSWORD}, secure=True)
    assert later.get(ACCOUNT, secure=True).status_code == 200


def test_a_remembered_device_and_the_second_factor_once_more(client, person):
    user = person("school_user")
    actions.add_app(user=user, secret=SECRET)
    half_in(client, user).post(STEP, {"code": code_now(-1), "remember": "on"})
    later = Client()
    later.cookies["device"] = client.cookies["device"].value
    before = len(trail())

    half_in(later, user).get(ACCOUNT)
    later.get(ACCOUNT)
    later.post("/account/second-factor/again/", {"code": code_now()})

    assert trail()[before:] == [
        (Kind.FIRST_STEP_TAKEN, user.pk, "password"),
        (Kind.SIGNED_IN, user.pk, "remembered"),
        (Kind.SECOND_FACTOR_SHOWN, user.pk, "totp"),
    ]


def test_a_new_password_asked_for_by_somebody_or_nobody(client, person):
    for email in (person().email, "nobody@example.org"):
        client.post("/password/reset/", {"email": email})

    assert trail() == [(Kind.PASSWORD_RESET_ASKED, None, "")] * 2


def test_a_limit_that_is_reached_leaves_one_line_a_minute(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    for _ in range(14):
        half_in(Client(), user, "not the password")
    half_in(client, user)  # from the same address: refused as well

    reached = [each for each in trail() if each[0] == Kind.LIMIT_REACHED]
    assert reached == [(Kind.LIMIT_REACHED, None, "login_failed")]
    assert [each[0] for each in trail()].count(Kind.SIGN_IN_FAILED) == 10


@pytest.mark.parametrize(
    ("limit", "page", "form"),
    [
        ("second_factor", STEP, {"code": "000000"}),
        ("send_code", STEP, {"send": "1"}),
    ],
)
def test_the_limits_of_the_second_step_stand_there_with_whose_they_are(client, person, limit, page, form):
    user = person("school_user")
    half_in(client, user)

    for _ in range(8):
        client.post(page, form)

    assert (Kind.LIMIT_REACHED, user.pk, limit) in trail()


@pytest.mark.parametrize(
    ("limit", "page"),
    [("login", SIGN_IN), ("passkey", "/sign-in/passkey/"), ("reset_password", "/password/reset/")],
)
def test_the_limits_that_a_package_counts_stand_there_too(client, person, limit, page, settings):
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login": "3/m/ip",
        "reset_password": "3/m/ip",
    }
    asked = {
        "login": person().email,
        "email": "somebody@example.org",
        "password": "wrong",
        "credential": "{}",
    }

    for _ in range(14 if limit == "passkey" else 5):
        client.post(page, asked)

    assert (Kind.LIMIT_REACHED, None, limit) in trail()


def test_a_session_gets_a_new_name_at_each_step_and_the_old_one_is_dead(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    names = [session.session_key]

    half_in(client, user)
    names.append(client.cookies["sessionid"].value)
    client.post(STEP, {"code": code_now(-1)})
    names.append(client.cookies["sessionid"].value)
    again = client.session
    again["account_authentication_methods"][-1]["at"] -= 31 * 60
    again["account_authentication_methods"] = again["account_authentication_methods"]
    again.save()
    client.post("/account/second-factor/again/", {"code": code_now()})
    names.append(client.cookies["sessionid"].value)

    assert len(set(names)) == 4
    assert client.get(ACCOUNT).status_code == 200
    for name in names[:-1]:
        held = Client()
        held.cookies["sessionid"] = name
        assert held.get(ACCOUNT).status_code == 302, "an earlier name opens nothing"


def test_a_mailbox_code_opens_in_the_browser_that_asked_and_in_no_other(client, person):
    user = person("school_user")
    half_in(client, user).post(STEP, {"send": "1"})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    other = half_in(Client(), user)

    for _ in range(3):
        other.post(STEP, {"code": code})
    assert other.get(ACCOUNT).status_code == 302
    client.post(STEP, {"code": code})

    assert client.get(ACCOUNT).status_code == 200


def test_a_code_asked_for_anew_is_the_only_one_that_opens(client, person):
    user = person("school_user")
    half_in(client, user).post(STEP, {"send": "1"})
    other = half_in(Client(), user)
    other.post(STEP, {"send": "1"})
    first, second = (re.search(r"\d{6}", each.body)[0] for each in mail.outbox)

    for code in (first, second):
        client.post(STEP, {"code": code})

    assert client.get(ACCOUNT).status_code == 302, "hers is old, and the newer one is another browser's"


def test_a_password_opens_years_later_as_none_ends_by_itself(client, person, monkeypatch):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    user.refresh_from_db()
    monkeypatch.setenv("DJANGO_NOW", "2031-11-20T10:00")

    assert half_in(client, user).get(ACCOUNT).url.startswith(STEP)
    assert not [
        each for each in user._meta.get_fields() if re.search("password.*(at|on|until)$|expire", each.name)
    ]


def test_signed_in_by_a_session_of_somebody_else_is_nobody(client, person):
    """The second factor of one account does not count for another in the same browser."""
    sign_in(client, person())
    client.force_login(other := person())

    assert client.get(ACCOUNT).url.startswith(STEP)
    assert other.pk
