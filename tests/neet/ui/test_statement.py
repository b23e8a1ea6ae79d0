"""The accessibility statement says what the looks at the pages found, and nothing else."""

import re
from pathlib import Path

import pytest
from django.test import Client

from neet.ui import statement
from neet.ui.statement import Looked, findings, looked_at
from tests.access.addresses import addresses

pytestmark = pytest.mark.django_db
CLEAR = Looked("register/", "desk", "tracking_officer", "2026-11-23", "", "")
IN_PORTAL = CLEAR._replace(seen="portal", role="school_user", on="2026-11-24", refused="yes")
SHORT = Looked("sign-in/", "outside", "public", "2026-11-23", "yes", "label: <input>")


def read() -> str:
    page = Client().get("/accessibility/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def said(looked: list[Looked], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(statement, "looked_at", lambda: looked)
    return read()


def test_a_page_in_two_frames_is_one_kind_and_who_is_not_signed_in_is_no_role():
    found = findings([CLEAR, IN_PORTAL, SHORT])

    assert (found.pages, found.refused, found.roles, found.short) == (2, 2, 2, [SHORT])
    assert (str(found.since), str(found.until)) == ("2026-11-23", "2026-11-24")


def test_it_names_what_falls_short(monkeypatch):
    words = said([CLEAR, SHORT], monkeypatch)

    assert "in part: 1 kind of page falls short" in words
    assert "/sign-in/" in words
    assert "No part of it is known to fall short" not in words
    assert "/sign-in/" not in said([CLEAR], monkeypatch)


def test_without_results_it_claims_none(monkeypatch):
    words = said([], monkeypatch)

    assert "has not been measured yet" in words
    assert "No part of it" not in words


def test_it_stands_on_the_results_kept_here():
    kept = looked_at()
    words = read()

    assert f"{findings(kept).pages} kinds of page" in words
    assert len({(each.page, each.seen) for each in kept}) == len(kept)
    assert {each.page for each in kept} <= {each.route for each in addresses()}


def test_an_installation_without_the_list_says_so(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(statement, "LOOKED_AT", tmp_path / "none.csv")

    assert looked_at() == []
