"""What people from outside may read of somebody: bands."""

from datetime import date

import pytest

from caseload.meetings.rules.lengths import BANDS, NOT_NEET, YEARS, neet_for, year_band


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


def test_years_at_the_ends_are_one_band() -> None:
    assert [year_band(year) for year in (9, 11, 12, 13, 14, 19, None)] == [
        YEARS[0], YEARS[0], YEARS[1], YEARS[2], YEARS[3], YEARS[3], YEARS[4],
    ]  # fmt: skip
