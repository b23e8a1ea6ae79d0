"""On which days meetings are held, and until when young people are named."""

from datetime import date

import pytest

from caseload.meetings.rules.dates import HowOften, months_typed, named_until, next_days

NOVEMBER = date(2026, 11, 16)


def test_every_month_from_the_last_one_on() -> None:
    assert next_days(HowOften(), date(2026, 11, 24), NOVEMBER, 2) == (date(2026, 12, 23), date(2027, 1, 25))


def test_a_day_that_is_over_waits_for_the_next_month() -> None:
    assert next_days(HowOften(working_day=1), None, NOVEMBER, 1) == (date(2026, 12, 1),)


def test_every_second_month_counts_on_from_the_last_one() -> None:
    assert next_days(HowOften(every_months=2), date(2026, 10, 26), NOVEMBER, 3) == (
        date(2026, 12, 23),
        date(2027, 2, 22),
    )


def test_only_in_certain_months() -> None:
    often = HowOften(months=(9, 12, 3, 6))

    assert [day.month for day in next_days(often, None, NOVEMBER, 12)] == [12, 3, 6, 9]


def test_november_alone_comes_once_a_year() -> None:
    assert next_days(HowOften(months=(11,)), date(2026, 11, 24), NOVEMBER, 11) == ()
    assert next_days(HowOften(months=(11,)), date(2026, 11, 24), NOVEMBER, 12) == (date(2027, 11, 24),)


@pytest.mark.parametrize(
    ("held_on", "days", "until"),
    [
        (date(2026, 11, 25), 5, date(2026, 11, 18)),
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 12, 30), 5, date(2026, 12, 21)),
    ],
)
def test_named_until_so_many_working_days_before(held_on: date, days: int, until: date) -> None:
    assert named_until(held_on, days) == until


def test_months_as_they_are_typed() -> None:
    assert months_typed("9, 12,3 6") == (3, 6, 9, 12)
    assert months_typed("") == ()
    with pytest.raises(ValueError, match="13"):
        months_typed("13")
    with pytest.raises(ValueError, match="May"):
        months_typed("May")
