"""A council that meets, on a Monday in November."""

import pytest

from tests.caseload.meetings.invented import NOW, Council, make_council


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", NOW)


@pytest.fixture
def council(db: None) -> Council:
    return make_council()
