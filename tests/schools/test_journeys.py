"""Getting in, in a real browser: from the message of an invitation to the first page, and back in another day."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from neet import clock
from neet.accounts.actions import add_app
from neet.accounts.models import User
from neet.accounts.rules.codes import STEP_SECONDS, app_code
from neet.accounts.scope import Place
from schools.actions.invitations import invite
from tests.browser import DESK, PHONE, assert_accessible
from tests.factories import make_authority, make_school, make_user, seed_reference, sign_in
from tests.mailbox import code_in_newest, link_in_newest
from tests.neet.accounts.signing_in import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
SHOTS = os.environ.get("SHOTS", "")
ADDRESS, PASSWORD = "sam.secretary@school.example", "three brown kettles sing"
NEW_PASSWORD = "four green ladders lean"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"


@pytest.fixture(autouse=True)
def _open_for_all(site, settings):
    """Links of messages lead to this site, and nobody tried anything before."""
    settings.BASE_URL = site
    settings.COUNCIL_NAME = "Kentshire"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    seed_reference()


@pytest.fixture
def authority():
    return make_authority(code="886", name="Kentshire")


@pytest.fixture
def link(authority) -> Callable[..., str]:
    """The link in the message to somebody invited as `role`."""

    def invited(role: str, **place: int) -> str:
        invite(
            name="Sam Secretary", email=ADDRESS, place=Place(role, authority.pk, **place),
            by=make_user("mi_officer", authority),
        )  # fmt: skip
        return link_in_newest(ADDRESS)

    return invited


@pytest.fixture
def later(monkeypatch) -> Callable[[int], None]:
    """Move the clock on by so many minutes."""

    def moved(minutes: int) -> None:
        moment = datetime.now(UTC) + timedelta(minutes=minutes)
        monkeypatch.setenv("DJANGO_NOW", moment.strftime("%Y-%m-%dT%H:%M:%SZ"))

    return moved


@pytest.fixture
def elsewhere(browser, site) -> Iterator[Callable[[User], Page]]:
    """Another computer where somebody is signed in: `elsewhere(user)`, on their account page."""
    context = browser.new_context(base_url=site, user_agent=FIREFOX)

    def signed_in_as(user: User) -> Page:
        cookie = sign_in(Client(), user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])
        other = context.new_page()
        assert is_in(other)
        return other

    yield signed_in_as
    context.close()


def look(page: Page, name: str) -> None:
    """The page has no barrier; SHOTS=folder keeps its pictures."""
    if SHOTS:
        for size, width in ((DESK, "1280"), (PHONE, "320")):
            page.set_viewport_size(size)
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert_accessible(page)


def sign_up(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[name=password]", PASSWORD)
    page.click("text=Make my account")


def give_password(page: Page, password: str = PASSWORD, email: str = ADDRESS) -> None:
    page.goto("/sign-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main button:text-is('Sign in')")


def give_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.click("main button:text-is('Continue')")


def give_mailbox_code(page: Page) -> None:
    page.click("text=Send a code to my mailbox")
    give_code(page, code_in_newest(ADDRESS))


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.click("main button:text-is('Sign out')")
    assert page.url.endswith("/sign-in/")


def is_in(page: Page) -> bool:
    page.goto("/account/")
    return page.inner_text("h1") == "Your account"


def shown_by_app(secret: str) -> str:
    return app_code(secret, int(clock.now().timestamp()) // STEP_SECONDS)


def with_passkeys(page: Page) -> None:
    """A computer that is unlocked by a finger and keeps passkeys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    kept = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kept})


# --- a school -----------------------------------------------------------------------------------------------------


def test_a_secretary_without_a_telephone_gets_in_by_the_office_mailbox_and_is_remembered(page, link):
    school = make_school(name="Ambleford School")
    page.goto(link("school_user", establishment_id=school.pk))
    look(page, "invited")
    page.fill("[name=password]", "password1234")
    page.click("text=Make my account")
    look(page, "invited-refused")
    page.fill("[name=password]", PASSWORD)
    page.click("text=Make my account")
    look(page, "school-second-step")
    page.click("text=Send a code to my mailbox")
    look(page, "school-code-sent")
    page.fill("[name=code]", code_in_newest(ADDRESS))
    page.check("[name=remember]")
    page.click("main button:text-is('Continue')")
    look(page, "school-first-page")

    sign_out(page)
    give_password(page)

    assert "Your pupils" in page.inner_text("main")
    assert is_in(page), "this computer was remembered"
    look(page, "school-account")


def test_a_secretary_prints_codes_and_signs_in_with_one(page, link):
    sign_up(page, link("school_user", establishment_id=make_school().pk))
    give_mailbox_code(page)
    page.goto("/account/recovery-codes/")
    look(page, "codes-none-yet")
    page.click("text=Make new codes")
    look(page, "codes-printed")
    code = page.locator("main code").nth(4).inner_text()
    sign_out(page)

    give_password(page)
    look(page, "school-second-step-with-codes")
    give_code(page, code)

    assert is_in(page)


# --- a council ----------------------------------------------------------------------------------------------------


def test_an_officer_sets_up_an_app_prints_codes_and_signs_in_with_each(page, link, later):
    sign_up(page, link("tracking_officer"))
    look(page, "officer-first-time")
    give_mailbox_code(page)
    look(page, "officer-choose")
    page.click("text=An authenticator app")
    look(page, "officer-app")
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.fill("[name=code]", shown_by_app(secret))
    page.click("text=Add the app")
    assert page.inner_text("h1") == "Printed codes"
    page.click("text=Make new codes")
    printed = page.locator("main code").first.inner_text()
    page.click("text=Go on")
    look(page, "officer-first-page")

    sign_out(page)
    give_password(page)
    look(page, "officer-second-step")
    assert not page.locator("[name=remember]").count(), "no device is remembered where whole lists open"
    give_code(page, "000000")
    look(page, "officer-wrong-code")
    later(3)
    give_code(page, shown_by_app(secret))
    assert is_in(page)
    look(page, "officer-account")

    sign_out(page)
    give_password(page)
    give_code(page, printed)
    assert is_in(page)


def test_an_officer_signs_in_with_a_passkey_beside_the_password_and_alone(page, link):
    with_passkeys(page)
    sign_up(page, link("tracking_officer"))
    give_mailbox_code(page)
    page.click("text=A passkey")
    look(page, "passkey-add")
    page.fill("[name=name]", "Office computer")
    page.click("main button:text-is('Add a passkey')")
    page.wait_for_url("**/account/recovery-codes/")
    page.goto("/account/passkeys/")
    look(page, "passkeys")

    sign_out(page)
    give_password(page)
    look(page, "passkey-second-step")
    page.click("text=Use my passkey")
    page.wait_for_url("**/")
    assert is_in(page)

    sign_out(page)
    look(page, "sign-in")
    page.click("text=Use a passkey")
    page.wait_for_url(lambda url: "sign-in" not in url)
    assert is_in(page)


# --- one's own account --------------------------------------------------------------------------------------------


@pytest.fixture
def officer(authority) -> User:
    user = make_user("tracking_officer", authority, email=ADDRESS, password=PASSWORD, name="Sam Secretary")
    add_app(user=user, secret=SECRET)
    return user


def test_a_forgotten_password_keeps_the_second_step_and_ends_other_sessions(page, officer, elsewhere):
    other = elsewhere(officer)
    page.goto("/sign-in/")
    page.click("text=I have forgotten my password")
    look(page, "forgotten")
    page.fill("[name=email]", ADDRESS)
    page.click("text=Send the link")
    look(page, "forgotten-sent")
    page.goto(link_in_newest(ADDRESS))
    look(page, "forgotten-new")
    page.fill("[name=password1]", NEW_PASSWORD)
    page.fill("[name=password2]", NEW_PASSWORD)
    page.click("text=Save the password")
    look(page, "forgotten-done")

    give_password(page, NEW_PASSWORD)
    assert page.inner_text("h1") == "One more step"
    give_code(page, shown_by_app(SECRET))

    assert is_in(page)
    assert not is_in(other)


def test_somebody_sees_where_they_are_signed_in_and_ends_it(page, officer, browse, elsewhere):
    other = elsewhere(officer)
    browse(officer).goto("/account/")
    look(page, "account-sessions")

    page.click("text=Sign out there")

    assert "Firefox on Windows" not in page.inner_text("main")
    assert not is_in(other)
    assert is_in(page)


def test_mkuser_prints_what_is_enough_to_sign_in(page, authority):
    out = StringIO()
    call_command("mkuser", stdout=out, role="mi_officer", authority=authority.code)
    said = dict(line.split(maxsplit=1) for line in out.getvalue().splitlines())

    give_password(page, said["password"], said["email"])
    give_code(page, shown_by_app(said["seed"]))

    assert is_in(page)
    assert "Data officer" in page.inner_text("main")


# --- programs and tables ------------------------------------------------------------------------------------------


def test_a_token_is_made_reads_and_is_stopped(page, browse, authority):
    browse(make_user("system_admin"))
    page.goto(reverse("programs"))
    look(page, "programs-none")
    page.click("text=Let a program read")
    page.fill("[name=name]", "Warehouse")
    page.check("[name=role][value=mi_officer]")
    look(page, "program-add")
    page.click("text=Make the token")
    look(page, "program-made")
    bearer = {"Authorization": f"Bearer {page.locator('main code').first.inner_text()}"}
    assert page.request.get(reverse("api_me"), headers=bearer).json()["name"] == "Warehouse"
    page.click("text=Back to the programs")
    look(page, "programs")

    page.click("main button:text-is('Stop')")

    assert page.request.get(reverse("api_me"), headers=bearer).status == 401


def test_the_pages_about_the_api_keep_to_the_policy(page, browse, authority):
    """What is refused by the browser or wanted from elsewhere fails in the page fixture. The reader itself is another
    package's (docs/developers.md, API): what stands around it is ours and has no barrier."""
    browse(make_user("mi_officer", authority)).goto(reverse("api_docs"))
    page.wait_for_selector("#swagger-ui .opblock")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/api-docs-1280.png", full_page=True)

    assert page.locator("#swagger-ui .opblock").count() >= 4
    assert_accessible(page, but="#swagger-ui")


def test_a_file_of_establishments_is_looked_at_and_taken_in(page, browse, authority, tmp_path):
    make_school(name="Ambleford School", number="8861111")
    sheet = tmp_path / "schools.csv"
    sheet.write_text(
        "id,name,kind,la_code,number,highest_year_group\n,Brook College,college,886,8862222,14\n"
    )
    browse(make_user("system_admin")).goto(reverse("tables:index"))
    look_at_table(page, "tables")
    page.goto(reverse("tables:schools_establishment_changelist"))
    look_at_table(page, "tables-establishments")
    page.goto(reverse("tables:schools_establishment_import"))
    look_at_table(page, "tables-import")
    page.set_input_files("[name=import_file]", sheet)
    page.select_option("[name=format]", label="csv")
    page.click("[type=submit][value=Submit]")
    look_at_table(page, "tables-looked-at")
    assert "Rows added: 1." in page.inner_text("#content")

    page.click("[name=confirm]")

    assert "Brook College" in page.inner_text("#content")
    page.goto(reverse("tables:schools_establishment_export"))
    look_at_table(page, "tables-export")
    page.select_option("[name=format]", label="csv")
    with page.expect_download() as sent:
        page.click("[type=submit][value=Submit]")
    assert "Brook College" in sent.value.path().read_text()


def look_at_table(page: Page, name: str) -> None:
    """The table editor is Django's own page: what is refused by the browser fails in the page fixture, and its barriers
    are Django's (docs/developers.md, Tables)."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-1280.png", full_page=True)
