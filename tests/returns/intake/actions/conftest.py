"""An establishment asked for its return on a day in September."""

import pytest

from returns.calendar.models import ExpectedReturn
from tests.returns.intake.ready import make_asked


@pytest.fixture
def clock_of_the_return(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")


@pytest.fixture
def asked() -> ExpectedReturn:
    return make_asked()
