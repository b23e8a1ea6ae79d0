"""Two timers at the same moment, and an answer in the same minute: nobody is written to twice, or in vain."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from neet.messages.models import Message
from returns.calendar.actions.nightly import remind
from returns.calendar.models import ExpectedReturn, Notice
from tests.factories import make_user
from tests.returns.calendar.factories import expect, make_collection

pytestmark = pytest.mark.django_db(transaction=True)
REMINDER_DAY = date(2026, 11, 20)
DUE = date(2026, 11, 27)
PATIENCE = 120


@pytest.fixture(autouse=True)
def on_the_day_of_the_reminder(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T09:00")


@pytest.fixture
def expected():
    collection = make_collection(due_on=DUE, remind_days=[-7])
    made = [expect(collection) for _ in range(5)]
    for each in made:
        make_user("school_user", collection.authority, establishment=each.establishment)
    make_user("tracking_officer", collection.authority)
    return made


def at_once(day: date, times: int = 4) -> None:
    start = Barrier(times)

    def one_timer(_: int) -> None:
        try:
            start.wait()
            remind(day=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as timers:
        list(timers.map(one_timer, range(times)))


def test_four_timers_at_once_write_as_one(expected):
    at_once(REMINDER_DAY)
    at_once(DUE)

    assert Message.objects.filter(template="return_reminder").count() == 5
    assert Notice.objects.filter(kind="late").count() == 5
    assert Message.objects.filter(template="returns_late").count() == 1


def test_who_answers_while_reminders_are_written_is_not_reminded(expected):
    """The answer holds the row; the timer waits for it and then leaves the school in peace."""
    answered = expected[0]
    with ThreadPoolExecutor(1) as timer:
        with transaction.atomic():
            ExpectedReturn.objects.filter(pk=answered.pk).update(sent_at="2026-11-20T09:00Z")
            waiting = timer.submit(_remind_and_close)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=1)
        waiting.result(timeout=PATIENCE)

    assert not Notice.objects.filter(expected=answered).exists()
    assert Notice.objects.filter(kind="reminder").count() == 4


def _remind_and_close() -> None:
    try:
        remind(day=REMINDER_DAY)
    finally:
        connection.close()
