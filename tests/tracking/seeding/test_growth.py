"""What inventing costs: statements do not grow with the people."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tracking.seeding import actions
from tracking.seeding.actions import Invention, invent
from tracking.seeding.sizes import SIZES, Size

pytestmark = pytest.mark.django_db


def statements(monkeypatch: pytest.MonkeyPatch, people: int) -> int:
    """How many statements so many people take, undone again."""
    tiny = SIZES["tiny"]
    size = Size("sized", 1, people, tiny.districts, tiny.schools, 1, 2, 9)
    monkeypatch.setattr(actions, "SIZES", {"sized": size})
    with (
        CaptureQueriesContext(
            connection,
        ) as seen,
        transaction.atomic(),
    ):
        invent(Invention("sized", 1, date(2026, 11, 20)))
        transaction.set_rollback(True)
    return len(seen)


def test_ten_times_the_people_take_the_same_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    few = statements(monkeypatch, 200)

    assert statements(monkeypatch, 2_000) <= few + 5
