"""School days, and the terms they come from."""

from datetime import date

import pytest

from returns.calendar.rules.deadlines import Deadline
from returns.calendar.rules.noticing import reminder_days
from returns.calendar.rules.school_days import SchoolDays, Term, holidays, school_days
from returns.calendar.rules.terms import read_terms, written

TERMS = (
    Term("Term 1", date(2026, 9, 2), date(2026, 10, 23)),
    Term("Term 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Term 3", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Term 4", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Term 5", date(2027, 4, 12), date(2027, 5, 28)),
    Term("Term 6", date(2027, 6, 7), date(2027, 7, 22)),
)
DAYS = school_days(TERMS)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 10, 23), date(2026, 10, 23), date(2026, 10, 23)),  # the last day of a term
        (date(2026, 10, 24), date(2026, 10, 23), date(2026, 11, 2)),  # the Saturday after it
        (date(2026, 10, 30), date(2026, 10, 23), date(2026, 11, 2)),  # half term
        (date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 2)),  # the first day of a term
        (date(2026, 12, 31), date(2026, 12, 18), date(2027, 1, 4)),  # over the new year
        (date(2027, 3, 26), date(2027, 3, 25), date(2027, 4, 12)),  # Good Friday
        (date(2027, 5, 3), date(2027, 4, 30), date(2027, 5, 4)),  # a bank holiday in term
        (date(2027, 8, 31), date(2027, 7, 22), date(2027, 9, 1)),  # the summer ends with August
        (date(2026, 9, 1), date(2026, 9, 1), date(2026, 9, 1)),  # before the first term nothing is known
    ],
)
def test_the_nearest_school_day(day, before, after):
    assert (DAYS.on_or_before(day), DAYS.on_or_after(day)) == (before, after)


def test_terms_far_apart_have_no_holiday_between_them():
    """Somebody entered this year and the one after next: nothing is known of the year between."""
    later = school_days([TERMS[1], Term("Term 1", date(2028, 9, 4), date(2028, 10, 20))])

    assert later.is_school_day(date(2027, 6, 1))
    assert not list(holidays([TERMS[0], Term("Next day", date(2026, 10, 24), date(2026, 12, 1))]))


def test_without_terms_every_working_day_is_a_school_day():
    assert SchoolDays().on_or_before(date(2026, 12, 31)) == date(2026, 12, 31)


def test_reminders_wait_until_schools_are_back():
    due = Deadline(date(2026, 11, 3))

    assert reminder_days(due, (-7, 1), DAYS) == {date(2026, 10, 23), date(2026, 11, 4)}
    assert reminder_days(Deadline(date(2026, 10, 23)), (1,), DAYS) == {date(2026, 11, 2)}


def test_what_is_due_in_the_holidays_is_reminded_of_in_them():
    assert reminder_days(Deadline(date(2027, 8, 31)), (-7, 1), DAYS) == {date(2027, 8, 24), date(2027, 9, 1)}


def test_terms_are_read_as_people_write_them():
    pasted = """
    Term 1\t02/09/2026\t23/10/2026
    Term 2, Monday 2 November 2026 to Friday 18 December 2026
    Spring: first half | 4 January | 12 Feb
    """

    found = read_terms(pasted, 2026)

    assert found.wrong == ()
    assert [(each.first, each.last) for each in found.terms] == [(t.first, t.last) for t in TERMS[:3]]
    assert [each.name for each in found.terms] == ["Term 1", "Term 2", "Spring: first half"]
    assert read_terms(written(TERMS), 2026).terms == TERMS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Term 1, soon, later", "we cannot read its two days"),
        ("Term 1", "we cannot read its two days"),
        ("Term 1, 23 October 2026, 2 September 2026", "its last day must be on or after its first"),
        ("Term 1, 2 September 2025, 23 October 2025", "between 1 September 2026 and 31 August 2027"),
        ("A, 2 Sept, 23 Oct\nB, 20 Oct, 18 Dec", "B begins before A ends"),
        ("A, 2 Sept, 23 Oct\na, 2 Nov, 18 Dec", "same name"),
    ],
)
def test_terms_that_cannot_be_say_what_is_wrong(text, words):
    (wrong,) = read_terms(text, 2026).wrong

    assert words in wrong
