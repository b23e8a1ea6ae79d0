"""Five shades of a map: equal numbers alike, more never lighter, nobody's shade is its own."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.shades import DARKEST, LIGHTEST, SHADES, ranges, shades


@given(st.lists(st.integers(0, 400), min_size=1, max_size=120))
def test_more_is_never_lighter_and_the_most_is_darkest(numbers: list[int]) -> None:
    found = shades(numbers)

    assert set(found) == set(numbers)
    ordered = [found[number] for number in sorted(found)]
    assert ordered == sorted(ordered)
    assert set(ordered) <= set(range(SHADES))
    if max(numbers):
        assert found[max(numbers)] == DARKEST
    if 0 in found:
        assert [number for number, shade in found.items() if shade == LIGHTEST] == [0]
    limits = list(ranges(found).values())
    assert all(high < low for (_, high), (low, _) in pairwise(limits))


def test_each_shade_has_about_as_many_areas() -> None:
    assert Counter(shades(range(5, 30)).values()) == dict.fromkeys(range(SHADES), 5)
    assert ranges(shades([0, 0, 5, 5, 6, 9, 9, 20])) == {
        0: (0, 0),
        1: (5, 5),
        2: (6, 6),
        3: (9, 9),
        4: (20, 20),
    }
    assert shades([7]) == {7: DARKEST}
    assert shades([0]) == {0: LIGHTEST}
