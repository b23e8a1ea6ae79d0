from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.nccis.record import as_day


@given(st.dates())
def test_day_is_read_as_it_is_written(day):
    assert as_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20261031",
        "2026-W01-1",
        "2026-02-29",
        "31/10/2026",
        "2026-1-01",
        "2026-10-31T00:00",
        "２０２６-10-31",
    ],
)
def test_day_written_in_another_way_is_none(text):
    assert as_day(text) is None


def test_day_of_a_leap_year_is_a_day():
    assert as_day("2028-02-29") == date(2028, 2, 29)
