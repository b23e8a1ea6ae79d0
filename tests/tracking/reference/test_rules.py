"""How sure we are of a row in a year, and when it may be put right."""

from datetime import date

import pytest

from tracking.reference.rules import (
    Period,
    changed_columns,
    ends_on,
    may_be_corrected,
    seen_in,
    starts_on,
    sureness,
)


def test_a_reporting_year_runs_from_april_to_march():
    assert (starts_on(2026), ends_on(2026)) == (date(2026, 4, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("evidence", "last_seen", "year", "sure"),
    [
        ("confirmed", "2024-25", 2024, "confirmed"),
        ("confirmed", "2024-25", 2025, "carried over"),
        ("confirmed", "2024-25", 2019, "confirmed"),
        ("confirmed", "", 2015, "confirmed"),
        ("confirmed", "", 2016, "carried over"),
        ("carried over", "2024-25", 2024, "carried over"),
        ("unconfirmed", "2024-25", 2024, "unconfirmed"),
    ],
)
def test_a_row_is_confirmed_up_to_the_year_it_was_read_in(evidence, last_seen, year, sure):
    assert sureness(evidence, last_seen, date(2015, 4, 1), year) == sure


@pytest.mark.parametrize(
    ("text", "year"), [("2023", 2023), ("2020-21", 2020), ("", None), ("abc", None), ("20", None)]
)
def test_seen_in_reads_years_as_they_are_written(text, year):
    assert seen_in(text) == year


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2026, 4, 1), None, True),
        (date(2027, 3, 31), None, True),
        (date(2027, 4, 1), None, False),
        (date(2025, 4, 1), date(2026, 3, 31), False),
        (date(2025, 4, 1), date(2026, 4, 1), True),
    ],
)
def test_period_counts_both_its_days(first, last, overlaps):
    assert Period(first, last).within(2026) is overlaps


def test_changed_columns_reads_a_missing_value_as_empty():
    assert changed_columns({"a": "1", "b": ""}, {"a": "2", "b": "", "c": ""}) == ("a",)


@pytest.mark.parametrize(
    ("columns", "first", "may"),
    [
        (("plain_words", "note"), date(2015, 4, 1), True),
        (("status",), date(2015, 4, 1), False),
        (("status",), date(2026, 11, 23), True),
        (("status",), date(2026, 11, 22), False),
    ],
)
def test_a_row_in_use_may_only_have_its_words_put_right(columns, first, may):
    assert may_be_corrected(columns, first, date(2026, 11, 22)) is may
