"""What is out of the ordinary, at each bound and just below it."""

import pytest

from tracking.rules.reading import Bounds, Reading, is_unusual

BOUNDS = Bounds(at_least=40, times=3, late=20, beyond=10, days=28)


@pytest.mark.parametrize(
    ("reading", "unusual"),
    [
        (Reading(40, 0, 0, 13), True),
        (Reading(39, 0, 0, 1), False),
        (Reading(40, 0, 0, 14), False),
        (Reading(500, 0, 0, 500), False),
        (Reading(20, 20, 0, 20), True),
        (Reading(19, 19, 0, 19), False),
        (Reading(10, 0, 10, 10), True),
        (Reading(10, 0, 9, 10), False),
        (Reading(0, 0, 0, 0), False),
    ],
)
def test_many_beside_colleagues_late_or_not_theirs(reading: Reading, unusual: bool) -> None:
    assert is_unusual(reading, BOUNDS) is unusual
