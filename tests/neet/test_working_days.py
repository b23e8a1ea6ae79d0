"""Working days: the same bank holidays as the published ones, and what falls between them."""

from datetime import date

import holidays
import pytest

from neet.working_days import (
    bank_holidays,
    is_working_day,
    on_or_after,
    on_or_before,
    working_day_of,
    working_days_after,
)

EASTER_SUNDAY = date(2024, 3, 31)


@pytest.mark.parametrize("year", range(2020, 2036))
def test_bank_holidays_are_the_published_ones(year):
    """Of a holiday on a weekend the library names both days; nobody works on either."""
    published = holidays.country_holidays("GB", subdiv="ENG", years=year)

    assert {day for day in published if day.weekday() < 5} == bank_holidays(year)


def test_a_weekend_and_a_bank_holiday_are_no_working_days():
    assert not is_working_day(date(2026, 11, 22))
    assert not is_working_day(date(2026, 12, 28))
    assert is_working_day(date(2026, 12, 29))


def test_easter_sunday_lies_between_thursday_and_tuesday():
    assert on_or_before(EASTER_SUNDAY) == date(2024, 3, 28)
    assert on_or_after(EASTER_SUNDAY) == date(2024, 4, 2)


def test_working_days_are_counted_over_a_weekend():
    friday = date(2024, 9, 13)

    assert [working_days_after(friday, count) for count in (0, 1, 5)] == [
        friday,
        date(2024, 9, 16),
        date(2024, 9, 20),
    ]


@pytest.mark.parametrize(
    ("month", "number", "day"),
    [
        (date(2026, 11, 9), 1, date(2026, 11, 2)),
        (date(2026, 11, 9), -1, date(2026, 11, 30)),
        (date(2026, 11, 9), -5, date(2026, 11, 24)),
        (date(2026, 12, 1), -1, date(2026, 12, 31)),
        (date(2026, 12, 1), -5, date(2026, 12, 23)),  # Christmas, and Boxing Day kept on the 28th
        (date(2026, 5, 1), 1, date(2026, 5, 1)),
        (date(2026, 11, 9), 23, date(2026, 11, 30)),
        (date(2026, 11, 9), -23, date(2026, 11, 2)),
        (date(2027, 2, 1), 23, date(2027, 2, 26)),  # it has only twenty
        (date(2027, 2, 1), -23, date(2027, 2, 1)),
    ],
)
def test_a_working_day_of_a_month(month: date, number: int, day: date) -> None:
    assert working_day_of(month, number) == day
