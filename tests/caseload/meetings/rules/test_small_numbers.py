"""What people from outside may count."""

from datetime import date

import pytest

from caseload.meetings.rules.lengths import BANDS, NOT_NEET, neet_for
from caseload.meetings.rules.small_numbers import FEW, HIDDEN, shown


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"a": 5, "b": 12}, {"a": "5", "b": "12"}),
        ({"a": 4, "b": 1, "c": 9}, {"a": FEW, "b": FEW, "c": "9"}),
        ({"a": 4, "b": 12, "c": 9}, {"a": FEW, "b": "12", "c": HIDDEN}),
        ({"a": 3, "b": 0}, {"a": FEW, "b": "0"}),
        ({}, {}),
    ],
)
def test_small_numbers_are_not_shown_and_cannot_be_worked_out(counts: dict, words: dict) -> None:
    assert shown(counts) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 10, 26), BANDS[0]),
        (date(2026, 10, 25), BANDS[1]),
        (date(2026, 5, 25), BANDS[1]),
        (date(2026, 5, 24), BANDS[2]),
        (None, NOT_NEET),
    ],
)
def test_how_long_somebody_has_been_neet_is_a_band(since: date | None, words: str) -> None:
    assert neet_for(since, date(2026, 11, 25)) == words
