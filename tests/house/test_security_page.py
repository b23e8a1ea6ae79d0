"""What docs/security.md says is in force: each figure is the one in the code, each service the one in the settings."""

import csv
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from neet.accounts.rules.passwords import OBVIOUS
from tests.house.sources import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
LIMITS = {
    row["name"]: row["value"]
    for row in csv.DictReader((ROOT / "tracking/reference/seed/limits.csv").read_text().splitlines())
    if not row["valid_to"]
}
FIGURES = [
    each
    for each in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([\w.]+) \|$", PAGE, re.MULTILINE)
    if each[2] != "where"
]


def in_force(name: str, about: str) -> str:
    """The figure of a limit, in the unit that its line begins with."""
    first, _, rest = name.partition(".")
    if first == "limits":
        return LIMITS[rest]
    if first.isupper():
        found: Any = getattr(settings, first)
        for part in filter(None, rest.split(".")):
            found = found[part]
        return str(found)
    found = import_string(name)
    if isinstance(found, timedelta):
        units = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
        return str(found // units[about.split()[0]])
    return str(found)


@pytest.mark.parametrize(("about", "figure", "name"), FIGURES, ids=[name for _, _, name in FIGURES])
def test_a_figure_on_the_page_is_the_one_in_force(about: str, figure: str, name: str) -> None:
    assert in_force(name, about) == figure


def test_every_limit_of_signing_in_is_on_the_page_or_a_links_own() -> None:
    named = {name.partition(".")[2] for _, _, name in FIGURES if name.startswith("ACCOUNT_RATE_LIMITS")}
    of_links = {
        each
        for each in settings.ACCOUNT_RATE_LIMITS
        if each.startswith(("answer", "survey", "upload", "public"))
    }

    assert len(FIGURES) >= 20
    assert named | of_links | {"sign_on"} == set(settings.ACCOUNT_RATE_LIMITS)


def test_every_service_that_is_asked_is_on_the_page_with_its_setting() -> None:
    """Each variable of an address among the settings stands in the table of those the system talks to."""
    outside = PAGE.partition("## Whom the system talks to")[2].partition("\n## ")[0]
    told = (ROOT / "docs" / "operations" / "settings.md").read_text()
    addresses = {
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_HOST",
        "NOTIFY_URL",
        "CLAMD_ADDRESS",
        "SIGN_ON_ISSUER",
        "TRAIL_COPY",
    }

    assert set(re.findall(r"`([A-Z_]+)`", outside)) == addresses
    assert {each for each in addresses if f"`{each}`" not in told} == set()
    found = set(
        re.findall(
            r'environ\.get\(\s*"(\w+_(?:URL|HOST|ADDRESS))"', (ROOT / "neet" / "settings.py").read_text()
        )
    )
    assert found - {"BASE_URL", "OWNER_DATABASE_URL"} <= addresses


def part(title: str) -> str:
    return PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_words_no_password_is_made_of_are_those_in_force() -> None:
    told = part("Ways of signing in, together").partition("with digits or signs around:")[2].partition(".")[0]

    assert {each.strip() for each in told.split(",")} == OBVIOUS


def test_each_way_of_signing_in_stands_in_the_table_with_its_second_factor() -> None:
    """Every door: a password, a passkey, an account elsewhere, a program, a link."""
    table = re.findall(
        r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$",
        part("Ways of signing in, together"),
        re.MULTILINE,
    )
    ways = {row[0]: row for row in table if row[0] not in {"way", "---"}}

    assert set(ways) == {
        "Password",
        "Passkey",
        "Council account",
        "Token of a program",
        "Link of a survey or upload",
    }
    assert {"email"} == settings.ACCOUNT_LOGIN_METHODS
    assert set(settings.MFA_SUPPORTED_TYPES) == {"totp", "webauthn"}
    assert [each.split(".")[-1] for each in settings.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"]] == [
        "TokenAuthentication",
        "SessionAuthentication",
    ]
    assert all(
        word in ways["Password"][2] for word in ("app code", "passkey", "printed code", "mailbox code")
    )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Sessions", ["Several sessions of one account may run at once", "Sign-on by a council account",
                      "ending it\nthere does not end it here"]),
        ("Heavy work", ["a process of its own", "Two workers", "at most 25 statements"]),
        ("Packages", ["pinned with its digest", "2 days", "14 days", "90 days", "once a week"]),
        ("What is logged, where", ["who reads it", "how long", "audit trail", "history of records", "outbox"]),
        ("Keys, methods and secrets", ["when it is changed", "Argon2id", "AES-256-GCM", "TLS 1.2 or later"]),
        ("Classes of data", ["young people", "restricted", "people who sign in", "figures", "public"]),
    ],
)  # fmt: skip
def test_each_part_says_what_it_has_to(title: str, words: list[str]) -> None:
    assert [each for each in words if each not in part(title)] == []
