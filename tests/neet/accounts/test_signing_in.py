"""A password alone opens nothing, whichever way it came, and what opens once does not open twice."""

import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, get_hasher, identify_hasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from neet import clock
from neet.accounts import actions, queries
from neet.accounts.models import Device, RecoveryCode
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from tests.neet.accounts.signing_in import PASSWORD, SECRET, code_now, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN, STEP, ACCOUNT = "/sign-in/", "/account/second-factor/", "/account/"


def give_password(client: Client, user, password: str = PASSWORD, **headers):
    return client.post(SIGN_IN, {"login": user.email, "password": password}, **headers)


def half_in(client: Client, user) -> Client:
    assert give_password(client, user).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


# --- the second factor -------------------------------------------------------------------------------------------


def test_a_password_alone_leads_to_the_second_step_from_every_page(client, person):
    half_in(client, person())

    for page in (ACCOUNT, "/jobs/", "/account/desk/", "/nothing/here/"):
        response = client.get(page)
        assert (response.status_code, response.url.split("?")[0]) == (302, STEP), page


def test_an_app_code_opens_once(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    code = code_now()

    half_in(client, user).post(STEP, {"code": code})
    again = Client()
    half_in(again, user).post(STEP, {"code": code})

    assert is_in(client)
    assert not is_in(again), "the code was used"


def test_an_app_code_of_the_neighbouring_half_minute_opens_but_no_older_one(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)

    half_in(client, user).post(STEP, {"code": code_now(-2)})
    assert not is_in(client)
    client.post(STEP, {"code": code_now(-1)})
    assert is_in(client)


def test_a_printed_code_opens_once_and_is_kept_as_a_hash(client, person):
    user = person()
    code = actions.make_recovery_codes(user=user)[3]

    half_in(client, user).post(STEP, {"code": code.lower().replace("-", " ")})
    again = Client()
    half_in(again, user).post(STEP, {"code": code})

    assert is_in(client)
    assert not is_in(again)
    hashes = RecoveryCode.objects.values_list("code_hash", flat=True)
    assert all(code.replace("-", "") not in each for each in hashes)
    assert {identify_hasher(each).algorithm for each in hashes} == {get_hasher().algorithm}, (
        "as passwords are"
    )


def test_a_mailbox_code_opens_for_a_school(client, person):
    user = person("school_user")
    half_in(client, user).post(STEP, {"send": "1"})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]

    client.post(STEP, {"code": code})

    assert is_in(client)
    assert mail.outbox[0].to == [user.email]
    assert user.name not in mail.outbox[0].body


def test_a_mailbox_code_is_dead_after_five_wrong_tries_and_after_ten_minutes(client, person):
    user = person("school_user")
    asked_by = actions.send_mailbox_code(user=user)
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]
    wrong = f"{(int(code) + 1) % 10**6:06}"

    user.mailbox_codes.update(sent_at=clock.now() - timedelta(minutes=11))
    assert not actions.use_code(user=user, code=code, asked_by=asked_by)
    user.mailbox_codes.update(sent_at=clock.now())
    assert not any(actions.use_code(user=user, code=wrong, asked_by=asked_by) for _ in range(5))
    assert not actions.use_code(user=user, code=code, asked_by=asked_by)


@pytest.mark.parametrize(("role", "authority"), [("tracking_officer", 1), ("school_user", 999)])
def test_a_mailbox_code_only_opens_the_cupboard_of_first_keys_elsewhere(client, person, role, authority):
    """For roles with whole lists of children, and where the authority does not allow it."""
    user = person(role, authority)
    half_in(client, user)
    assert client.get("/account/app/").status_code == 302, "nothing can be added by the password alone"

    client.post(STEP, {"send": "1"})
    client.post(STEP, {"code": re.search(r"\d{6}", mail.outbox[0].body)[0]})

    assert not is_in(client)
    assert client.get("/account/app/").status_code == 200


def test_a_first_app_is_added_by_a_mailbox_code_and_then_opens(client, person):
    user = person()
    half_in(client, user).post(STEP, {"send": "1"})
    client.post(STEP, {"code": re.search(r"\d{6}", mail.outbox[0].body)[0]})
    client.get("/account/app/")
    secret = client.session["mfa.totp.secret"]

    from neet.accounts.rules.codes import app_code

    code = app_code(secret, int(time.time()) // 30)
    response = client.post("/account/app/", {"code": code})

    assert response.url == reverse("recovery_codes")
    assert is_in(client)
    assert secret not in str(user.authenticator_set.get().data), "kept encrypted"
    assert not actions.use_code(user=user, code=code), "used up by adding the app"


def test_who_lost_the_second_factor_is_let_begin_with_a_new_one(client, person):
    """V6.4.4: nothing of the old one opens, whoever was in is out, and the mailbox lets a first one be added again."""
    user, keeper = person(), person()
    actions.add_app(user=user, secret=SECRET)
    (printed, *_) = actions.make_recovery_codes(user=user)
    actions.remember_device(user=user, browser="a browser")
    before = sign_in(Client(), user)

    actions.take_second_factor_away(user=user, by=keeper, why="she came to the desk with her badge")

    assert not is_in(before)
    half_in(client, user)
    for code in (code_now(), printed):
        client.post(STEP, {"code": code})
        assert not is_in(client)
    assert user.devices.count() == 0
    event = AuditEvent.objects.get(kind=Kind.SECOND_FACTOR_REMOVED)
    assert (event.user_id, event.why, event.counts) == (
        keeper.pk,
        "she came to the desk with her badge",
        {"account": user.pk},
    )

    client.post(STEP, {"send": "1"})
    client.post(STEP, {"code": re.search(r"\d{6}", mail.outbox[0].body)[0]})
    assert not is_in(client)
    assert client.get("/account/app/").status_code == 200


def test_a_second_app_needs_a_fresh_second_factor(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    sign_in(client, user, age=31 * 60)

    assert "/again/" in client.get("/account/passkeys/add/").url
    assert "/again/" in client.get("/account/recovery-codes/").url
    client.post("/account/second-factor/again/", {"code": code_now()})
    assert client.get("/account/recovery-codes/").status_code == 200


def test_wrong_codes_run_out(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    half_in(client, user)

    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    client.post(STEP, {"code": code_now()})

    assert not is_in(client)
    assert AuditEvent.objects.filter(kind=Kind.SECOND_FACTOR_FAILED, user_id=user.pk).count() == 5


def test_the_step_never_leads_to_another_site(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    half_in(client, user)

    response = client.post(f"{STEP}?next=https://elsewhere.example/", {"code": code_now()})

    assert response.url == "/"


# --- remembered devices ------------------------------------------------------------------------------------------


def remembered(client: Client, user) -> Client:
    actions.add_app(user=user, secret=SECRET)
    half_in(client, user).post(STEP, {"code": code_now(), "remember": "on"})
    other = Client()
    other.cookies = client.cookies.copy()
    other.cookies.pop("sessionid", None)
    return half_in(other, user)


def test_a_remembered_device_of_a_school_is_not_asked_again_but_for_what_matters(client, person):
    later = remembered(client, person("school_user"))

    assert is_in(later)
    assert "/again/" in later.get("/account/recovery-codes/").url, "a remembered device is not a fresh factor"


def test_a_device_is_never_remembered_for_roles_with_whole_lists(client, person):
    later = remembered(client, person("tracking_officer"))

    assert not Device.objects.exists()
    assert not is_in(later)


def test_a_device_is_forgotten_when_the_role_grows_or_the_password_changes(client, person):
    user = person("school_user")
    token = actions.remember_device(user=user, browser="Firefox")
    assert queries.remembered_device(user, token)

    user.set_password("four green ladders lean")
    user.save()

    assert not queries.remembered_device(user, token)


# --- guessing ----------------------------------------------------------------------------------------------------


def test_a_guesser_is_stopped_and_the_owner_elsewhere_still_gets_in(client, person):
    user = person()

    for number in range(11):
        give_password(
            client, user, "wrong", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}"
        )
    stopped = give_password(
        client, user, PASSWORD, REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.77"
    )
    owner = give_password(Client(), user, PASSWORD, REMOTE_ADDR="192.0.2.1")

    assert stopped.status_code == 200, "still at the door, whatever address it claims"
    assert owner.status_code == 302


def test_a_proxy_is_believed_only_when_the_settings_name_it(client, person, settings):
    settings.TRUSTED_PROXIES = 1
    user = person()

    for _ in range(11):
        give_password(client, user, "wrong", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9")
    elsewhere = give_password(Client(), user, PASSWORD, HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.1")

    assert elsewhere.status_code == 302


def test_known_and_unknown_addresses_get_the_same_answers(client, person):
    user = person()

    def words(response) -> str:
        return re.sub(r'value="[^"]*"|nonce-\S+', "", response.content.decode())

    known = client.post(SIGN_IN, {"login": user.email, "password": "wrong"})
    unknown = client.post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
    assert words(known) == words(unknown)
    known = client.post("/password/reset/", {"email": user.email})
    unknown = client.post("/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2, "both cost a mail"


@pytest.mark.parametrize("claims", ["one address", "another address each time"])
def test_ten_thousand_tries_stop_at_ten_without_costing_a_hash_each(
    client, person, settings, monkeypatch, claims
):
    """What is refused by the limit is refused before any password is looked at; so a few hundred stand for them all:
    the cost of each is the same small number of statements."""
    user = person()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "100000/m/ip"}
    hashed = count_hashes(monkeypatch)

    for number in range(300):
        claimed = f"198.51.100.{number % 250}" if claims != "one address" else "198.51.100.1"
        give_password(
            client, user, f"wrong {number}", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=claimed
        )
    owner = give_password(Client(), user, PASSWORD, REMOTE_ADDR="192.0.2.1")

    assert len(hashed) == 10 + 1
    assert owner.status_code == 302


def count_hashes(monkeypatch) -> list[str]:
    """Every time a password is hashed, its salt; hashing is what takes the time of a sign-in."""
    made: list[str] = []
    real = MD5PasswordHasher.encode

    def counted(self, password, salt):
        made.append(salt)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made


@pytest.mark.parametrize("known", ["open account", "closed account", "account without a password"])
@pytest.mark.parametrize("page", [SIGN_IN, "/password/reset/"])
def test_a_known_address_costs_the_same_work_as_an_unknown_one(client, person, monkeypatch, known, page):
    """Hashing, mails and statements are what an answer's time is made of: counted, not timed."""
    user = person(is_active=known != "closed account")
    if known == "account without a password":
        user.set_unusable_password()
        user.save()
    client.get(page)

    costs = [cost_of(monkeypatch, client, page, email) for email in (user.email, "nobody@example.org")]

    assert costs[0].hashes == costs[1].hashes
    assert costs[0].mails == costs[1].mails
    assert abs(costs[0].statements - costs[1].statements) <= 2


def cost_of(monkeypatch, client: Client, page: str, email: str) -> SimpleNamespace:
    """What asking with this address costs, from an empty limit on."""
    cache.clear()
    mails = len(mail.outbox)
    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as statements:
        hashed = count_hashes(patched)
        client.post(page, {"login": email, "email": email, "password": "wrong words"})
    return SimpleNamespace(hashes=len(hashed), mails=len(mail.outbox) - mails, statements=len(statements))
