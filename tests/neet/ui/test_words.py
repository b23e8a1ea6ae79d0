from datetime import UTC, date, datetime

import pytest

from neet.ui import words


def test_days_are_written_out() -> None:
    day = date(2019, 4, 1)

    assert (words.day(day), words.short_day(day), words.month(day)) == (
        "1 April 2019",
        "1 Apr 2019",
        "April 2019",
    )


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 1, 5, 15, 4, tzinfo=UTC), "5 January 2026 at 3:04pm"),
        (datetime(2026, 7, 5, 15, 4, tzinfo=UTC), "5 July 2026 at 4:04pm"),
        (datetime(2026, 7, 5, 23, 0, tzinfo=UTC), "6 July 2026 at midnight"),
        (datetime(2026, 1, 5, 0, 30, tzinfo=UTC), "5 January 2026 at 12:30am"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "5 January 2026 at midday"),
        (datetime(2026, 1, 5, 12, 30, tzinfo=UTC), "5 January 2026 at 12:30pm"),
    ],
)
def test_moment_is_written_in_the_time_of_the_country(moment: datetime, written: str) -> None:
    assert words.moment(moment) == written


def test_day_is_never_given_a_time() -> None:
    assert words.when(date(2026, 1, 5)) == "5 January 2026"
    assert words.stamp(date(2026, 1, 5)) == "2026-01-05"
    assert words.stamp(datetime(2026, 7, 5, 15, 4, tzinfo=UTC)) == "2026-07-05T16:04+01:00"


@pytest.mark.parametrize(
    "write",
    [words.day, words.short_day, words.month, words.moment, words.number, words.percent, words.signed],
)
def test_what_is_missing_says_so(write: object) -> None:
    assert "not recorded" in write(None)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no young people"), (1, "1 young person"), (2, "2 young people"), (1204, "1,204 young people")],
)
def test_count_takes_its_word(count: int, said: str) -> None:
    assert words.many(count, "young person,young people") == said


def test_a_move_has_its_sign_and_none_where_nothing_shows() -> None:
    moves = [words.signed(value, 2) for value in (-1.09, 0.4, 0, -0.004)]

    assert moves == ["\u22121.09", "+0.40", "0.00", "0.00"]
    assert words.signed(-2.25) == "\u22122.2"


def test_numbers_are_grouped_and_nought_is_a_number() -> None:
    assert (words.number(1234567), words.number(0), words.percent(0)) == ("1,234,567", "0", "0.0%")


def test_a_year_above_school_is_an_age() -> None:
    assert words.school_year(12) == "Year 12"
    assert words.school_year(14) == "Year 14"
    assert words.school_year(15) == "academic age 19"
