"""Whatever somebody comes in with, right or wrong, stands in no line of any log: passwords, codes, links, tokens."""

import io
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from neet import clock
from neet.accounts.actions import add_app
from neet.accounts.models import User
from neet.accounts.rules.codes import STEP_SECONDS, app_code
from neet.accounts.scope import Place
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.links import make_link
from returns.surveys.actions import Ask, make_links, new_secret
from schools.actions.invitations import invite
from schools.actions.tokens import make_token
from tests.access.canary import Canary
from tests.access.lines import held
from tests.access.world import World
from tests.factories import make_user
from tests.mailbox import invitation_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_with_real_people")]

PASSWORD = "quill whispers to xylophones"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_no_line_holds_what_somebody_signs_in_with(world: World, logged: io.StringIO) -> None:
    user = somebody("tracking_officer", world)
    browser, wrong = Client(), Client()
    wrong.post("/sign-in/", {"login": "Quillstranger@example.org", "password": f"{PASSWORD} no"})
    wrong.post("/sign-in/", {"login": user.email, "password": f"{PASSWORD} nearly"})
    browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    before = browser.session.session_key
    code = app_code(SEED, int(clock.now().timestamp()) // STEP_SECONDS)
    for tried in (f"{(int(code) + 1) % 10**6:06}", code):
        browser.post("/account/second-factor/", {"code": tried})
    browser.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "Quillnew", "password2": "Quillnew"}
    )

    assert browser.get("/account/").status_code == 200
    keys = (before, browser.session.session_key, browser.cookies["csrftoken"].value)
    secrets = (user.email, "Quillstranger", PASSWORD, "Quillnew", code, SEED, *keys)
    assert held(logged, *secrets) == []


def test_no_line_holds_a_code_or_link_from_a_mailbox(world: World, logged: io.StringIO) -> None:
    user = somebody("school_user", world, establishment=world.here.school)
    browser, other = Client(), Client()
    browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    browser.post("/account/second-factor/", {"send": "1"})
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    browser.post("/account/second-factor/", {"code": code})
    assert browser.get("/account/").status_code == 200
    other.post("/password/reset/", {"email": user.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    form = other.get(link).headers.get("Location", link)
    other.post(form, {"password1": PASSWORD + " anew", "password2": PASSWORD + " anew"})
    place = Place("school_user", world.here.authority.pk, world.here.school.pk)
    by = world.people["mi_officer"].user
    invite(name="Quill Newcomer", email="quillnew@example.org", place=place, by=by)
    token = invitation_token("quillnew@example.org")
    for tried in (token, "x" + token):
        other.get(reverse("invitation_link", args=[tried]))
    other.post(
        reverse("invitation"), {"name": "Quill Newcomer", "password1": PASSWORD, "password2": "Quillother"}
    )

    secret = link.rstrip("/").rpartition("/")[2]
    user.refresh_from_db()
    assert user.check_password(PASSWORD + " anew")
    assert held(logged, user.email, code, secret, token, "quillnew@example.org", "Newcomer", PASSWORD) == []


def somebody(role: str, world: World, **place: Any) -> User:
    user = make_user(role, world.here.authority, password=PASSWORD, email="quilluser@example.org", **place)
    add_app(user=user, secret=SEED)
    return user


def test_no_line_holds_the_secret_of_a_link_or_of_a_program(
    world: World, canary: Canary, logged: io.StringIO, settings: Any
) -> None:
    here, officer, settings.ANSWER_TAKERS = world.here, world.people["mi_officer"].user, []
    (asked,) = make_links(
        ask=Ask(here.authority.pk, "what_now", "what_now_text"), people=[canary.person.pk], on=clock.today()
    )
    answering = new_secret(link_id=asked.pk)
    asked_for = ExpectedReturn.objects.get(ref=here.returned["expected"])
    _, sending = make_link(expected=asked_for, expires_on=clock.today(), email="", by=officer)
    place = Place("school_user", here.authority.pk, here.school.pk, can_submit=True)
    program = make_token(name="Quillwords", place=place, days=30, by=officer).secret
    secrets = {"answer_link": answering, "upload_link": sending}

    browser = Client()
    for name, secret in secrets.items():
        for tried in (secret, f"{secret}x"):
            browser.get(reverse(name, args=[tried]))
    for day in ("13", "14"):
        browser.post(reverse("answer"), {"day": day, "month": "5"})
    browser.post(reverse("answer_doing"), {"doing": "Quillwords", "place": "Quillwords"})
    for brought in (program, f"{program}x"):
        asking = Client(headers={"Authorization": f"Bearer {brought}"})
        asking.get(reverse("api_returns"), {"cursor": "Quillwords"})
    asking.post(reverse("api_return_file", args=[asked_for.ref]), {"file": "Quillwords"})

    assert held(logged, *secrets.values(), program, canary=canary) == []
