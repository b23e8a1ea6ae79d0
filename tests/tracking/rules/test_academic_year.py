from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.academic_year import (
    academic_age,
    academic_year,
    age_on,
    birth_range,
    birthday,
    ends_on,
    reporting_year,
    starts_on,
    year_group,
    year_words,
)

days = st.dates(date(1990, 1, 1), date(2040, 12, 31))
births = st.dates(date(1985, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_academic_year_turns_on_1_september(on, year):
    assert academic_year(on) == year


@pytest.mark.parametrize(
    ("born_on", "on", "age", "group"),
    [
        (date(2009, 8, 31), date(2026, 8, 31), 16, 12),
        (date(2009, 9, 1), date(2026, 8, 31), 15, 11),
        (date(2009, 8, 31), date(2026, 9, 1), 17, 13),
        (date(2009, 9, 1), date(2026, 9, 1), 16, 12),
        (date(2008, 2, 29), date(2026, 9, 1), 18, 14),
        (date(2010, 12, 31), date(2027, 1, 1), 15, 11),
        (date(2004, 9, 1), date(2026, 10, 31), 21, 17),
    ],
)
def test_academic_age_is_the_age_on_31_august_before_the_year(born_on, on, age, group):
    assert (academic_age(born_on, on), year_group(born_on, on)) == (age, group)


@given(births, days)
def test_academic_age_is_the_age_on_the_eve_of_the_year(born_on, on):
    assert academic_age(born_on, on) == age_on(born_on, starts_on(academic_year(on)) - timedelta(days=1))


@given(births, days)
def test_year_group_is_the_formula_of_the_returns(born_on, on):
    by_formula = on.year - born_on.year - 5 - (born_on.month > 8) + (on.month > 8)

    assert year_group(born_on, on) == by_formula


@given(births, days)
def test_birth_range_holds_exactly_those_of_that_academic_age(born_on, on):
    first, last = birth_range(16, on)

    assert (first <= born_on <= last) == (academic_age(born_on, on) == 16)


def test_year_starts_and_ends_and_is_written():
    assert (starts_on(2026), ends_on(2026)) == (date(2026, 9, 1), date(2027, 8, 31))
    assert (year_words(2026), year_words(1999)) == ("2026-27", "1999-00")


@pytest.mark.parametrize(
    ("age", "on"), [(17, date(2025, 3, 1)), (20, date(2028, 2, 29)), (0, date(2008, 2, 29))]
)
def test_birthday_of_29_february_is_1_march_in_other_years(age, on):
    assert birthday(date(2008, 2, 29), age) == on


def test_age_changes_on_the_birthday():
    assert age_on(date(2009, 5, 6), date(2026, 5, 5)) == 16
    assert age_on(date(2009, 5, 6), date(2026, 5, 6)) == 17


@pytest.mark.parametrize(("on", "year"), [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027)])
def test_reporting_year_turns_on_1_april(on, year):
    assert reporting_year(on) == year
