"""By when a request is answered."""

from datetime import date

import pytest

from neet.working_days import on_or_after
from tracking.rules.rights import Asked, begins_on, due_on, extended_until


@pytest.mark.parametrize(
    ("begun", "due"),
    [
        (date(2027, 1, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),  # a leap year
        (date(2026, 3, 31), date(2026, 4, 30)),
        (
            date(2026, 11, 25),
            date(2026, 12, 29),
        ),  # Christmas, Boxing Day kept on the Monday, a weekend between
        (date(2026, 9, 3), date(2026, 10, 5)),  # 3 October is a Saturday
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2027, 2, 1)),  # 31 January is a Sunday
    ],
)
def test_due_a_month_later_on_a_working_day(begun: date, due: date) -> None:
    assert due_on(Asked(begun, identity_on=begun), on_or_after) == due


def test_due_two_months_more_where_it_is_hard() -> None:
    asked = Asked(date(2026, 11, 30), identity_on=date(2026, 11, 30), extended=True)

    assert due_on(asked, on_or_after) == date(2027, 3, 1)  # 28 February is a Sunday
    assert extended_until(asked, on_or_after) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        (Asked(date(2026, 9, 1)), None),
        (Asked(date(2026, 9, 1), date(2026, 9, 8)), date(2026, 9, 8)),
        (Asked(date(2026, 9, 8), date(2026, 9, 1)), date(2026, 9, 8)),
        (Asked(date(2026, 9, 1), date(2026, 9, 8), unclear_on=date(2026, 9, 9)), None),
        (Asked(date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 9), date(2026, 9, 20)), date(2026, 9, 20)),
    ],
)
def test_time_runs_once_we_know_who_asks_and_what_they_mean(asked: Asked, begins: date | None) -> None:
    assert begins_on(asked) == begins
