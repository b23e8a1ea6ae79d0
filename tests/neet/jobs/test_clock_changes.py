"""The two nights on which the clock is put forward and back: each day's work is done once, under its own date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from neet import clock
from neet.jobs import actions

pytestmark = pytest.mark.django_db

done: list[date] = []


def note_the_day(*, day: date) -> None:
    done.append(day)


@pytest.mark.parametrize("night", [date(2027, 3, 28), date(2027, 10, 31)], ids=["forward", "back"])
def test_a_day_s_work_is_done_once_where_the_clock_changes(settings, monkeypatch, night: date) -> None:
    settings.DUE_WORK = {"tests.night": f"{__name__}.note_the_day"}
    done.clear()
    before = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=3)

    for halves in range(60):
        monkeypatch.setenv("DJANGO_NOW", (before + timedelta(minutes=30 * halves)).isoformat())
        actions.do_due_work(today=clock.now().astimezone(clock.LONDON).date())

    eve = night - timedelta(days=1)
    assert done == [eve, night, night + timedelta(days=1)]
