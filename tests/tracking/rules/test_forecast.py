"""What is expected of the coming months: exact where years repeat themselves, silent where too little is known, and as
wrong in the past as it says."""

from datetime import date
from math import log
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.forecast import (
    TRIES,
    Expected,
    Rates,
    Series,
    Untold,
    WhatIf,
    done,
    forecast,
    point,
    quantile,
    run_rate,
    year_before,
    yearly,
)
from tracking.rules.months import ReportingMonth

YEAR = (
    5.0,
    4.8,
    4.9,
    5.1,
    5.4,
    5.8,
    6.2,
    6.6,
    12.0,
    7.0,
    6.0,
    5.3,
)  # January to December, September's tooth among it


def month(number: int) -> ReportingMonth:
    """The months from January 2023 on."""
    return ReportingMonth.of(date(2023 + number // 12, number % 12 + 1, 1))


def repeating(months: int, growth: float = 1.0) -> Series:
    """The same year again and again, each year so much of the one before."""
    return {month(n): YEAR[n % 12] * growth ** (n // 12) for n in range(months)}


@pytest.mark.parametrize("growth", [1.0, 0.9, 1.2])
def test_years_that_repeat_themselves_are_told_exactly(growth: float) -> None:
    history = repeating(35, growth)

    found = forecast(history, [month(n) for n in (35, 36, 37)])

    for each, n in zip(found, (35, 36, 37), strict=True):
        assert isinstance(each, Expected)
        assert each.value == pytest.approx(YEAR[n % 12] * growth ** (n // 12))
        assert each.low <= each.value <= each.high
        assert each.error == pytest.approx(0, abs=1e-9)
    assert all(isinstance(each, Expected) and each.tries >= TRIES for each in found)


def test_it_is_better_than_last_year_where_this_year_is_another() -> None:
    [found] = forecast(repeating(35, 1.2), [month(35)])

    assert isinstance(found, Expected)
    assert found.error < found.error_of_last_year


@pytest.mark.parametrize(
    ("known", "wanted", "why"),
    [
        (0, 1, "no month yet"),
        (8, 9, "is not known"),
        (14, 15, "could be tried"),
        (20, 29, "could be tried"),
    ],
)
def test_nothing_is_told_before_enough_is_known(known: int, wanted: int, why: str) -> None:
    [found] = forecast(repeating(known), [month(wanted)])

    assert isinstance(found, Untold)
    assert why in found.why


def test_what_is_told_at_the_end_of_a_month_knows_nothing_later() -> None:
    history = dict(repeating(30))
    before = point(history, month(20), month(22), 1.0)
    history |= {month(n): 99.0 for n in range(21, 30)}

    assert point(history, month(20), month(22), 1.0) == before


@given(st.lists(st.floats(0.5, 20), min_size=28, max_size=40))
def test_its_range_held_four_of_five_and_its_error_is_what_it_was(rates: list[float]) -> None:
    history = {month(n): rate for n, rate in enumerate(rates)}

    [found] = forecast(history, [month(len(rates))])

    if isinstance(found, Untold):
        return
    last = len(rates)
    tried = [n for n in range(13, last) if month(n).ends_on.month != 9]

    def said(n: int, pull: float) -> float:
        value = point(history, month(n - 1), month(n), pull)
        assert value
        return value

    same = [
        pull
        for pull in (0.0, 0.25, 0.5, 0.75, 1.0)
        if found.value == pytest.approx(said(last, pull))
        and found.error == pytest.approx(fmean(abs(rates[n] - said(n, pull)) for n in tried))
        and sum(abs(log(rates[n] / said(n, pull))) <= log(found.high / found.value) + 1e-9 for n in tried)
        >= 0.8 * len(tried)
    ]
    assert same
    assert found.tries == len(tried)
    assert found.low == pytest.approx(found.value**2 / found.high)


def test_september_moves_nothing() -> None:
    quiet, loud = dict(repeating(33)), dict(repeating(33))
    loud[month(32)] = 40.0  # September 2025

    assert point(quiet, month(32), month(35), 1.0) == point(loud, month(32), month(35), 1.0)


@pytest.mark.parametrize(
    ("values", "share", "found"), [([1, 2, 3, 4, 5], 0.8, 4), ([1], 0.8, 1), ([1, 2], 0.5, 1)]
)
def test_the_least_value_that_holds_so_many(values: list[float], share: float, found: float) -> None:
    assert quantile(values, share) == found


def test_a_yearly_figure_is_the_mean_of_its_months() -> None:
    told = Expected(month(36), 6.0, 5.0, 8.0, 0.2, 0.4, 9)

    found = yearly([4.0], [told, told])

    assert (found.value, found.low, found.high) == (pytest.approx(16 / 3), pytest.approx(14 / 3), 20 / 3)
    assert (found.known, found.expected) == (1, 2)
    with pytest.raises(ValueError, match="no months"):
        yearly([], [])


def test_what_would_be_done_is_counted() -> None:
    now = Rates(cohort=1000, neet=30, not_known=50)

    after = done(now, WhatIf(found=20, found_neet=5, placed=10))

    assert (after.neet, after.not_known, after.together) == (25, 30, 5.5)
    for wrong in (WhatIf(found=51), WhatIf(found=2, found_neet=3), WhatIf(placed=31)):
        with pytest.raises(ValueError, match="More"):
            done(now, wrong)


@pytest.mark.parametrize(
    ("expected", "target", "weeks", "people"),
    [
        (6.0, 5.0, 10, 2),
        (6.0, 5.0, 4, 5),
        (6.0, 5.0, 3, 7),
        (5.0, 5.0, 3, 0),
        (4.0, 5.0, 3, 0),
        (6.0, 5.0, 0, 0),
    ],
)
def test_how_many_a_week(expected: float, target: float, weeks: float, people: int) -> None:
    assert run_rate(expected, target, 2000, weeks) == people


def test_the_same_month_a_year_before_a_leap_day() -> None:
    assert year_before(ReportingMonth.of(date(2028, 2, 10))).ends_on == date(2027, 2, 28)
