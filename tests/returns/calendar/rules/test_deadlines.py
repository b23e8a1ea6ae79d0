"""A deadline in words, and one on a day on which nobody works."""

from datetime import date, timedelta

import pytest

from returns.calendar.rules.deadlines import Deadline, deadline, in_words, last_late

EASTER_SUNDAY = date(2024, 3, 31)
FRIDAY = date(2026, 9, 11)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 9, 5), "due in 6 days"),
        (date(2026, 9, 10), "due tomorrow"),
        (FRIDAY, "due today"),
        (date(2026, 9, 12), "1 day late"),
        (date(2026, 9, 21), "10 days late"),
    ],
)
def test_how_far_off_it_is(on, words):
    assert Deadline(FRIDAY).words(on) == words


def test_a_deadline_on_easter_sunday_stands_and_the_thursday_before_is_advised():
    due = Deadline(EASTER_SUNDAY)

    assert not due.is_working_day
    assert due.advised_on == date(2024, 3, 28)
    assert in_words(due.due_on) == "Sunday 31 March 2024"


def test_nobody_is_late_before_the_first_working_day_is_over():
    due = Deadline(EASTER_SUNDAY)

    assert not due.is_late(date(2024, 4, 2))
    assert due.words(date(2024, 4, 1)) == "due today, the first working day after"
    assert due.is_late(date(2024, 4, 3))


def test_more_time_moves_the_deadline():
    assert deadline(FRIDAY, date(2026, 9, 18)) == Deadline(date(2026, 9, 18), is_extended=True)
    assert deadline(FRIDAY, None) == Deadline(FRIDAY)


def test_what_lists_ask_for_is_what_a_deadline_says():
    """Lists compare the stored day with one day; it must agree with the deadline itself on every day."""
    for days in range(420):
        due = date(2024, 1, 1) + timedelta(days=days)
        for ahead in range(-3, 9):
            on = due + timedelta(days=ahead)
            assert (due <= last_late(on)) == Deadline(due).is_late(on), (due, on)
