"""The days of reminders and of the council's list."""

from datetime import date

from returns.calendar.rules.deadlines import Deadline
from returns.calendar.rules.noticing import list_days, reminder_days

FRIDAY = date(2024, 9, 13)


def test_the_list_goes_on_the_day_due_the_next_working_day_and_the_fifth():
    assert list_days(Deadline(FRIDAY)) == {FRIDAY, date(2024, 9, 16), date(2024, 9, 20)}


def test_the_list_of_a_deadline_at_easter_begins_when_people_work_again():
    assert list_days(Deadline(date(2024, 3, 31))) == {date(2024, 4, 2), date(2024, 4, 3), date(2024, 4, 9)}


def test_reminders_go_on_working_days_only():
    """A week before is a Friday; six days before a Saturday, so the Friday too; one day after a Saturday, so Monday."""
    assert reminder_days(Deadline(FRIDAY), (-7, -6, 1)) == {date(2024, 9, 6), date(2024, 9, 16)}
