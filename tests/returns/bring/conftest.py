"""A council that brings its register, and the desk of who brings it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schools.models import Authority
from tests.factories import make_authority, make_user, seed_reference, sign_in


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Authority:
    monkeypatch.setenv("DJANGO_NOW", "2025-11-20T10:00")
    settings.MEDIA_ROOT = tmp_path
    seed_reference()
    return make_authority(code="777", database_id="777")


@pytest.fixture
def desk(authority: Authority) -> Client:
    return sign_in(Client(), make_user("mi_officer", authority))
