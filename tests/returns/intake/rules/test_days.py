"""Which number of a date is the day: decided over a whole column, and asked where it is not the British way."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neet.files.rules.days import Order
from returns.intake.rules.cells import Cleaned, clean_many
from returns.intake.rules.context import Context, Written
from returns.intake.rules.days import written
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT, a_row, at_a, kinds


def births(values: Sequence[str], context: Context = CONTEXT) -> list[Cleaned]:
    """A file of pupils born on these days."""
    rows = [(number, a_row(date_of_birth=value)) for number, value in enumerate(values, start=2)]
    return clean_many(LAYOUT, rows, context)


@pytest.mark.parametrize(
    ("values", "way"),
    [
        ([], Written.DAY_FIRST),
        (["03/04/2010"], Written.DAY_FIRST),
        (["03/04/2010", "25/12/2009"], Written.DAY_FIRST),
        (["03/04/2010", "12/25/2009"], Written.MONTH_FIRST),
        (["4/4/2010", "12/25/2009"], Written.MONTH_FIRST),
        (["03/04/2010", "25/12/2009", "12/25/2009"], Written.BOTH),
        (["2010-03-04", "12 March 2010"], Written.DAY_FIRST),
        (
            ["2010-04-03", "2010-05-06", "2010-07-08", "2010-01-12", "25/12/2009", "31/01/2010"],
            Written.TURNED,
        ),
        (
            ["2010-04-03", "2010-05-06", "2010-07-28", "2010-01-12", "25/12/2009", "31/01/2010"],
            Written.DAY_FIRST,
        ),
        (
            ["2010-04-03", "2010-05-06", "2010-07-08", "2010-01-12", "05/12/2009", "31/01/2010"],
            Written.DAY_FIRST,
        ),
        (["2010-04-03", "2010-05-06", "2010-07-08", "2010-01-12"], Written.DAY_FIRST),
    ],
)
def test_the_whole_column_tells_how_its_days_are_written(values: list[str], way: Written) -> None:
    assert written(values) is way
    assert written(reversed(values)) is way


def test_british_days_are_read_without_a_question() -> None:
    rows = births(["03/04/2010", "25/12/2009"])

    assert [row.values["date_of_birth"] for row in rows] == ["2010-04-03", "2009-12-25"]
    assert [kinds(row) for row in rows] == [[], []]


def test_american_days_are_read_so_throughout_and_each_is_asked_about() -> None:
    rows = births(["03/04/2010", "12/25/2009", "04/04/2010", "1 May 2010"])

    assert [row.values["date_of_birth"] for row in rows] == [
        "2010-03-04",
        "2009-12-25",
        "2010-04-04",
        "2010-05-01",
    ]
    assert [kinds(row) for row in rows] == [["day_order"], ["day_order"], [], []]
    assert rows[0].problems[0].fix.startswith("It was read as 04/03/2010.")


def test_with_both_ways_in_one_column_what_cannot_be_is_wrong_and_what_may_be_is_asked() -> None:
    rows = births(["03/04/2010", "25/12/2009", "12/25/2009"])

    assert [kinds(row) for row in rows] == [["day_order"], [], ["no_such_day"]]
    assert rows[0].values["date_of_birth"] == "2010-04-03"


def test_days_that_a_spreadsheet_has_turned_are_asked_about() -> None:
    rows = births(["2010-04-03", "2010-05-06", "2010-07-08", "2010-01-12", "25/12/2009", "31/01/2010"])

    assert [kinds(row) for row in rows] == [["day_order"]] * 4 + [[], []]


@pytest.mark.parametrize(
    ("order", "day"), [(Order.DAY_FIRST, "2010-04-03"), (Order.MONTH_FIRST, "2010-03-04")]
)
def test_what_the_sender_answers_counts_for_the_column(order: Order, day: str) -> None:
    rows = births(["03/04/2010"], at_a("school", orders={"date_of_birth": order}))

    assert rows[0].values["date_of_birth"] == day
    assert kinds(rows[0]) == []


def test_each_column_is_decided_by_itself() -> None:
    rows = [(2, a_row(date_of_birth="12/25/2009", starts_on="03/09/2026"))]

    (row,) = clean_many(LAYOUT, rows, CONTEXT)

    assert row.values["starts_on"] == "2026-09-03"
    assert kinds(row) == ["day_order"]


@pytest.mark.parametrize(
    ("column", "text", "day"),
    [
        ("date_of_birth", "14/03/10", "2010-03-14"),
        ("starts_on", "01/09/26", "2026-09-01"),
        ("predicted_end_on", "31/07/28", "2028-07-31"),
    ],
)
def test_two_digit_years_lie_where_such_a_day_may_lie(column: str, text: str, day: str) -> None:
    (row,) = clean_many(LAYOUT, [(2, a_row(**{column: text}))], CONTEXT)

    assert row.values[column] == day


@given(st.lists(st.dates(date(2001, 1, 1), date(2011, 12, 31)), min_size=1, max_size=30))
def test_a_british_column_is_never_read_another_way(days: list[date]) -> None:
    rows = births([day.strftime("%d/%m/%Y") for day in days])

    assert [row.values["date_of_birth"] for row in rows] == [day.isoformat() for day in days]
    assert not any("day_order" in kinds(row) for row in rows)


@given(st.lists(st.dates(date(2001, 1, 1), date(2011, 12, 31)), min_size=1, max_size=30))
def test_no_american_column_slips_through_unasked(days: list[date]) -> None:
    rows = births([day.strftime("%m/%d/%Y") for day in days])

    silent = [row for row in rows if not {"day_order", "no_such_day"} & set(kinds(row))]
    turned = [
        row for row, day in zip(rows, days, strict=True) if row.values.get("date_of_birth") != day.isoformat()
    ]
    if any(day.day > 12 for day in days):
        assert not [row for row in turned if row in silent]
