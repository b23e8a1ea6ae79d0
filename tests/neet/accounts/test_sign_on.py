"""Signing in with an account of the council's own, against a real provider of such accounts."""

import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from neet.accounts.actions import deactivate
from neet.accounts.models import DEMONSTRATION_DOMAIN, Installation, SignOn, User
from neet.accounts.provider import fetched
from neet.accounts.rules.sign_on import Why, is_safe, providers_from
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from tests.browser import assert_accessible
from tests.neet.accounts.council_account import PATIENCE, CouncilAccount, asked_of, started
from tests.neet.accounts.openid_provider import PASSWORD
from tests.neet.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db

EMAIL = "pat@amble.example"
ACCOUNT = "/account/"


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CouncilAccount]:
    found = started(tmp_path_factory.mktemp("provider"))
    yield found
    found.process.terminate()
    found.process.wait(timeout=PATIENCE)
    found.process.stdout.close()


@pytest.fixture
def council(listening: CouncilAccount, settings: Any) -> CouncilAccount:
    """The provider of the settings, which says that the address is Pat's and confirmed."""
    settings.SIGN_ON = {"council": listening.entry()}
    settings.BASE_URL = "http://localhost:8000"
    listening.say(email=EMAIL)
    return listening


@pytest.fixture
def pat(person: Any) -> User:
    return person(email=EMAIL)


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def refused(answer: Any, why: Why) -> bool:
    """They are told, the trail holds it, nobody is signed in."""
    event = AuditEvent.objects.filter(kind=Kind.SIGN_ON_REFUSED).latest("pk")
    return (
        answer.status_code == 403 and event.why == why and "_auth_user_id" not in answer.wsgi_request.session
    )


def test_the_button_stands_only_where_it_leads_somewhere(client, council, settings) -> None:
    assert "Council account" in words(client.get(reverse("account_login")))
    settings.SIGN_ON = {}

    assert "Council account" not in words(client.get(reverse("account_login")))
    assert client.get(reverse("begin_sign_on", args=["council"])).status_code == 404


def test_whoever_was_invited_comes_in_and_is_asked_for_our_second_factor(client, council, pat) -> None:
    answer = council.signed_in(client)

    assert answer.url == ACCOUNT
    assert client.get(ACCOUNT).url.startswith(reverse("second_factor"))
    link = SignOn.objects.get()
    assert (link.user, link.issuer) == (pat, council.issuer)
    assert AuditEvent.objects.filter(kind=Kind.SIGN_ON_LINKED).count() == 1


def test_a_second_factor_asked_for_there_counts_where_the_settings_say_so(
    client, council, pat, settings
) -> None:
    settings.SIGN_ON = {"council": council.entry(second_factor=frozenset({"mfa"}))}
    council.say(email=EMAIL, amr=["pwd", "mfa"])
    assert council.signed_in(client).url == ACCOUNT
    assert "Accounts that sign you in here" in words(client.get(ACCOUNT))
    assert client.get(reverse("recovery_codes")).url.startswith(reverse("fresh_second_factor"))

    council.say(email=EMAIL)
    council.signed_in(other := Client())
    assert other.get(ACCOUNT).url.startswith(reverse("second_factor"))


def test_what_the_provider_gives_stays_with_us(client, council, pat, settings, monkeypatch, caplog) -> None:
    """The tokens reach neither the browser nor anything that is kept: not the session, the trail, a page or a line."""
    given: list[str] = []

    def kept(url: str, **asked: Any) -> dict[str, Any]:
        answer = fetched(url, **asked)
        given.extend(
            str(answer[name]) for name in ("access_token", "refresh_token", "id_token") if name in answer
        )
        return answer

    monkeypatch.setattr("neet.accounts.provider.fetched", kept)
    settings.SIGN_ON = {"council": council.entry(second_factor=frozenset({"mfa"}))}
    council.say(email=EMAIL, amr=["mfa"])
    answer = council.signed_in(client)
    page = client.get(ACCOUNT)

    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from accounts_signon t")
        linked = cursor.fetchone()[0]
    shown = [
        answer.serialize().decode(errors="replace"),
        page.content.decode(),
        str(client.cookies),
        caplog.text,
    ]
    held = [str(dict(client.session)), str(list(AuditEvent.objects.values())), linked]
    assert len(given) >= 2, "an access token and an identity token at least"
    assert [token for token in given for words in shown + held if token in words] == []


def test_before_what_matters_one_signs_in_there_anew(client, council, pat, settings) -> None:
    settings.SIGN_ON = {"council": council.entry(second_factor=frozenset({"mfa"}))}
    council.say(email=EMAIL, amr=["mfa"])
    council.signed_in(client)
    asked = client.get(client.get(reverse("recovery_codes")).url)
    assert "You sign in there once more" in words(asked)
    begun = client.get(reverse("begin_sign_on", args=["council"]))
    assert asked_of(begun.url).items() >= {"prompt": "login", "max_age": "0"}.items()

    council.say(email=EMAIL, amr=["mfa"], mischief="not anew")
    assert council.signed_in(client, reverse("recovery_codes")).status_code == 403
    council.say(email=EMAIL, amr=["mfa"], sub="somebody else")
    assert council.signed_in(client, reverse("recovery_codes")).status_code == 403
    assert client.get(reverse("recovery_codes")).status_code == 302
    council.say(email=EMAIL, amr=["mfa"])
    assert council.signed_in(client, reverse("recovery_codes")).url == reverse("recovery_codes")

    assert client.get(reverse("recovery_codes")).status_code == 200


MISCHIEF = (
    "wrong audience", "another client's", "expired", "issued long ago", "wrong issuer", "wrong nonce", "unsigned",
    "no subject", "signed by somebody else", "signed by what is public",
)  # fmt: skip


def test_a_token_that_is_not_ours_now_and_signed_opens_nothing(client, council, pat) -> None:
    for mischief in MISCHIEF:
        council.say(email=EMAIL, mischief=mischief)

        assert refused(council.signed_in(client), Why.TROUBLE), mischief
    assert not SignOn.objects.exists()


def test_nobody_signs_themselves_up(client, council, person) -> None:
    answer = council.signed_in(client)
    assert refused(answer, Why.UNKNOWN)
    assert "Accounts are opened by invitation" in words(answer)
    person(email=EMAIL)
    council.say(email=EMAIL, email_verified=False)
    assert refused(council.signed_in(client), Why.UNVERIFIED)
    council.say(email=EMAIL, email_verified=None)
    assert refused(council.signed_in(client), Why.UNVERIFIED)
    assert User.objects.count() == 1


def test_a_provider_speaks_for_the_addresses_it_gives_out_alone(
    client, council, pat, person, settings
) -> None:
    settings.SIGN_ON = {"council": council.entry(domains=frozenset({"amble.example"}))}
    council.say(email=EMAIL, email_verified=None)
    assert council.signed_in(client).url == ACCOUNT
    person(email="head@school.example")
    council.say(email="head@school.example", sub="77")

    assert refused(council.signed_in(Client()), Why.UNVERIFIED)


def test_a_closed_account_stays_closed_whoever_vouches(client, council, pat) -> None:
    council.signed_in(client)
    deactivate(user=pat, by=None)

    answer = council.signed_in(Client())

    assert refused(answer, Why.CLOSED)
    assert "Your account here is closed" in words(answer)
    assert client.get(ACCOUNT).url.startswith(reverse("account_login"))


def test_whoever_they_are_is_the_number_there_and_not_the_address(client, council, pat, person) -> None:
    council.signed_in(client)
    other = person(email="newcomer@amble.example")
    council.say(email=other.email)
    assert council.signed_in(renamed := Client()).url == ACCOUNT
    assert renamed.session["_auth_user_id"] == str(pat.pk)
    council.say(email=EMAIL, sub="another")

    answer = council.signed_in(Client())

    assert refused(answer, Why.ANOTHER)
    assert "another Council account" in words(answer)
    owner = sign_in(Client(), pat)
    owner.post(reverse("forget_sign_on"), {"sign_on": SignOn.objects.get().pk})
    assert council.signed_in(Client()).url == ACCOUNT


def test_a_provider_of_one_council_opens_its_accounts_alone(client, council, person, settings) -> None:
    settings.AUTHORITY_SOURCE = "tests.neet.accounts.test_sign_on.authority_of"
    settings.SIGN_ON = {"council": council.entry(authority="901")}
    person(authority_id=902, email=EMAIL)

    assert refused(council.signed_in(client), Why.ELSEWHERE)
    settings.SIGN_ON = {"council": council.entry(authority="902")}
    assert council.signed_in(client).url == ACCOUNT


def authority_of(pk: int) -> Any:
    return SimpleNamespace(code=str(pk))


def test_an_answer_counts_once_and_in_the_browser_that_asked(client, council, pat) -> None:
    begun = client.get(reverse("begin_sign_on", args=["council"]))
    asked = asked_of(begun.url)
    assert asked["code_challenge_method"] == "S256"
    assert (len(asked["nonce"]), asked["response_type"]) == (43, "code")
    back = council.come_back(begun.url).removeprefix("http://localhost:8000")

    assert refused(Client().get(back), Why.TROUBLE)
    assert refused(client.get(f"{back}&iss=https%3A%2F%2Felsewhere.example"), Why.TROUBLE)
    assert refused(client.get(back), Why.TROUBLE)  # what was begun was spent by the try before
    client.get(reverse("begin_sign_on", args=["council"]))
    assert refused(client.get(back), Why.TROUBLE)
    client.get(reverse("begin_sign_on", args=["council"]))
    state = client.session["sign_on"]["state"]
    left = client.get(reverse("end_sign_on", args=["council"]), {"state": state, "error": "access_denied"})
    assert refused(left, Why.LEFT)
    assert not SignOn.objects.exists()


def test_a_provider_that_does_not_answer_as_itself_is_not_asked(client, council, settings) -> None:
    begin = reverse("begin_sign_on", args=["council"])
    for issuer in (f"{council.address}/elsewhere", f"{council.issuer}/", "http://127.0.0.1:9/o"):
        settings.SIGN_ON = {"council": council.entry(issuer=issuer)}
        assert refused(client.get(begin), Why.TROUBLE), issuer


def test_nobody_comes_into_a_demonstration_or_as_somebody_invented(client, council, person) -> None:
    invented = person(email=f"officer@{DEMONSTRATION_DOMAIN}")
    council.say(email=invented.email)
    assert refused(council.signed_in(client), Why.UNKNOWN)
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})

    assert client.get(reverse("begin_sign_on", args=["council"])).status_code == 404
    assert "Council account" not in words(client.get(reverse("account_login")))


def test_settings_name_one_provider_or_several_and_stop_at_what_is_unsafe() -> None:
    one = providers_from({"SIGN_ON_ISSUER": "https://sign.example/t", "SIGN_ON_CLIENT_ID": "a",
                          "SIGN_ON_CLIENT_SECRET": "b", "SIGN_ON_SECOND_FACTOR": "mfa, otp"})["council"]  # fmt: skip
    assert (one.name, one.second_factor) == ("Council account", {"mfa", "otp"})
    entry = {
        "slug": "a",
        "issuer": "https://a.example",
        "client_id": "a",
        "client_secret": "b",
        "domains": ["a.example"],
    }
    several = json.dumps([entry])
    assert providers_from({"SIGN_ON": several})["a"].domains == {"a.example"}
    assert providers_from({}) == {}
    for wrong in ({"SIGN_ON_ISSUER": "http://sign.example"}, {"SIGN_ON": several.replace("client_id", "id")},
                  {"SIGN_ON": several.replace('"a"', '"../a"', 1)}):  # fmt: skip
        with pytest.raises(ValueError, match="SIGN_ON"):
            providers_from(wrong)
    assert not is_safe("https://")


@pytest.fixture
def anywhere(browser: Browser, site: str) -> Iterator[Page]:
    """A browser that may also leave our site: the provider is another."""
    context = browser.new_context(base_url=site, locale="en-GB")
    context.set_default_timeout(60_000)  # the first page of a process waits for all templates
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_in_and_out_with_a_council_account_by_hand(anywhere: Page, site: str, council, pat, settings) -> None:
    """From our page to theirs and back, with the content policy in force."""
    page = anywhere
    settings.BASE_URL = site
    settings.SIGN_ON = {"council": council.entry(second_factor=frozenset({"mfa"}))}
    council.say(email=EMAIL, amr=["mfa"])

    page.goto("/sign-in/?next=/account/")
    page.get_by_role("button", name="Council account").click()
    page.get_by_label("Name").fill("pat")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in there").click()
    expect(page.get_by_role("heading", name="Accounts that sign you in here")).to_be_visible()
    assert_accessible(page)
    page.goto("/account/recovery-codes/")
    assert_accessible(page)
    page.get_by_role("button", name="Council account").click()
    page.get_by_label("Name").fill("pat")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in there").click()
    expect(page).to_have_url(re.compile("recovery-codes"))
    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").last.click()
    expect(page.get_by_text("On a shared computer sign out of Council account too.")).to_be_visible()
    council.say(email="nobody@amble.example", sub="78")
    page.get_by_role("button", name="Council account").click()  # their browser still knows Pat there

    expect(page.get_by_text("There is no account here for the e-mail address")).to_be_visible()
    assert_accessible(page)
