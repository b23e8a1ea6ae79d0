"""Days as people and spreadsheets write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neet.files.rules.days import SERIALS_BEGIN, Order, is_certain, no_such_day, numbers_of, read_day

MAY_DAY = date(2009, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01/05/2009", "1/5/2009", "1/5/09", "01-05-2009", "01.05.2009", "1 5 2009", "01\\05\\2009",
        "1 May 2009", "1 may 09", "01-May-09", "1st May 2009", "1st of May, 2009", "Friday 1 May 2009",
        "Fri 1 May 2009", "May 1, 2009", "May 1st 2009", "1 MAY 2009", "1May2009", "1 May '09",
        "2009-05-01", "2009/05/01", "2009-05-01T00:00:00", "2009-05-01 00:00:00.000", "2009-05-01T00:00:00Z",
        "01/05/2009 00:00", "01/05/2009 12:00:00 AM", "20090501", "01052009", "1052009", "39934", "39934.5", "39934.0",
    ],
)  # fmt: skip
def test_one_day_written_in_many_ways(text: str) -> None:
    assert read_day(text) == MAY_DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29 Feb 2008", date(2008, 2, 29)),
        ("31 August 2010", date(2010, 8, 31)),
        ("1 Sept 2010", date(2010, 9, 1)),
        ("31/12/2009", date(2009, 12, 31)),
    ],
)
def test_days_at_the_edge(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "31/02/2009", "29/02/2009", "05/13/2009", "0/5/2009", "1/0/2009", "1 Mai 2009", "May 2009", "2009", "12",
     "12A",
     "1/5", "01/05/209", "1//5/2009", "01/05-2009", "99999", "123456", "soon",
     "1/5/2009 or 2/5/2009", "01/05/0009"],
)  # fmt: skip
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2009", "February 2009 has 28 days, and this says 31."),
        ("05/13/2009", "There is no month 13."),
        ("0/5/2009", "May 2009 has 31 days, and this says 0."),
        ("01/05/1009", "The year 1009 cannot be right."),
        ("soon", ""),
        ("01/05/2009", ""),
    ],
)
def test_a_day_that_never_was_says_why(text: str, why: str) -> None:
    assert no_such_day(text) == why


def test_the_month_stands_first_only_where_that_is_said() -> None:
    assert read_day("05/13/2009", Order.MONTH_FIRST) == date(2009, 5, 13)
    assert read_day("05/01/2009", Order.MONTH_FIRST) == MAY_DAY
    assert read_day("1 May 2009", Order.MONTH_FIRST) == MAY_DAY


def test_a_year_of_two_digits_lies_no_later_than_is_possible() -> None:
    assert read_day("1/5/26", latest=2026) == date(2026, 5, 1)
    assert read_day("1/5/27", latest=2026) == date(1927, 5, 1)


def test_what_the_order_is_told_from() -> None:
    assert numbers_of("Fri 05/13/2009 00:00") == (5, 13)
    assert numbers_of("2009-05-13") is None
    assert is_certain("2009-05-13")
    assert is_certain("39934")
    assert not is_certain("05/13/2009")


@given(st.dates(date(1960, 1, 1), date(2060, 1, 1)))
def test_every_day_comes_back_from_every_spelling(day: date) -> None:
    spellings = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%Y%m%d", "%d.%m.%Y")

    assert {read_day(day.strftime(spelling)) for spelling in spellings} == {day}
    assert read_day(day.strftime("%m/%d/%Y"), Order.MONTH_FIRST) == day
    assert read_day(str((day - SERIALS_BEGIN).days)) == day


@given(st.text(max_size=40))
def test_any_text_is_read_or_none(text: str) -> None:
    day = read_day(text)

    assert day is None or read_day(day.isoformat()) == day
