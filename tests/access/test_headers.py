"""What the browser is told beside the pages of the matrix: before signing in, from elsewhere, and once installed."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from neet.launch.check import AS_IN_PRODUCTION
from tests.access.asking import body_of, unsafe_headers
from tests.factories import make_authority, make_user, sign_in

pytestmark = pytest.mark.django_db

IN_PRODUCTION = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


@pytest.mark.parametrize("url", ["/sign-in/", "/password/reset/", "/nowhere/", "/health"])
def test_pages_before_signing_in_and_those_that_are_not_there_are_safe_too(url: str) -> None:
    assert unsafe_headers(dict(Client().get(url).items()), signed_in=False) == []


@pytest.mark.parametrize(
    "url", ["/.git/config", "/.env", "/static/", "/static/neet/", "/manage.py", "/uv.lock"]
)
def test_nothing_of_the_works_lies_about(url: str) -> None:
    assert Client().get(url).status_code == 404


def test_whoever_traces_is_told_nothing_of_their_own_headers() -> None:
    answer = Client().generic("TRACE", "/sign-in/", headers={"X-Secret": "canary"})

    assert answer.status_code == 405
    assert b"canary" not in body_of(answer)


def test_a_form_from_another_site_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/sign-in/", {"login": "a@b.example", "password": "x"}).status_code == 403


def test_once_installed_cookies_are_bound_to_the_host_and_the_line_is_encrypted() -> None:
    said = subprocess.run(
        [sys.executable, "-c", IN_PRODUCTION],
        env={**os.environ, **AS_IN_PRODUCTION, "DJANGO_SETTINGS_MODULE": "neet.settings"},
        cwd=settings.ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    there = json.loads(said)

    for cookie in ("SESSION", "CSRF"):
        assert there[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert there[f"{cookie}_COOKIE_SECURE"]
        assert (there[f"{cookie}_COOKIE_PATH"], there[f"{cookie}_COOKIE_DOMAIN"]) == ("/", None)
        assert there[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert {there["DEVICE_COOKIE_NAME"], there["MESSAGES_COOKIE_NAME"]} == {
        "__Host-device",
        "__Host-messages",
    }
    assert there["SESSION_COOKIE_HTTPONLY"]
    assert there["SECURE_SSL_REDIRECT"]
    assert there["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert there["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert (there["DEBUG"], there["DEMO"]) == (False, False)
    assert there["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_whatever_way_somebody_leaves_the_browser_is_told_to_keep_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, told = make_user("manager", make_authority()), '"cache"'
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    client = sign_in(Client(), user)
    assert "Clear-Site-Data" not in client.get("/")
    assert client.post("/sign-out/")["Clear-Site-Data"] == told

    client = sign_in(Client(), user)
    client.get("/")
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T12:00")
    assert client.get("/")["Clear-Site-Data"] == told


@pytest.mark.parametrize("url", ["/api/v1/people/", "/api/", "/metrics"])
def test_a_program_that_asks_in_clear_is_refused_and_not_led_on(url: str, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    in_clear = Client().get(url, headers={"authorization": "Bearer a-token"})
    page = Client().get("/sign-in/")

    assert (in_clear.status_code, "Location" in in_clear) == (403, False)
    assert b"a-token" not in in_clear.content
    assert (page.status_code, page["Location"]) == (301, "https://testserver/sign-in/")
    assert Client().get(url, secure=True).status_code in {401, 404}
