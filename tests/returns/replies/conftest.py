"""A sent file with faulty records, and the desks of those who look after it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from returns.nccis.actions import Month, mark_sent
from returns.nccis.models import Submission
from tests.factories import make_authority, make_user, seed_reference, sign_in
from tests.returns.nccis.conftest import make_faulty, make_signed

OCTOBER = date(2026, 10, 31)


@pytest.fixture
def officer(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Any:
    """A data officer in November, files in a place of their own."""
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    settings.MEDIA_ROOT = tmp_path
    seed_reference()
    return make_user("mi_officer", make_authority())


@pytest.fixture
def sent(officer: Any) -> Submission:
    """October's file of three people without a gender, built and sent."""
    authority = officer.memberships.get().authority
    for number in ("8860000000001", "8860000000002", "8860000000003"):
        make_faulty(authority, young_person_id=number, family_name=f"Name{number[-1:]}x")
    return mark_sent(submission=make_signed(Month(authority, OCTOBER), officer), by=officer)


@pytest.fixture
def desk(officer: Any) -> Client:
    return sign_in(Client(), officer)


def report(text: str, name: str = "errors.csv") -> SimpleUploadedFile:
    """An error report as it would be chosen in the browser."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")
