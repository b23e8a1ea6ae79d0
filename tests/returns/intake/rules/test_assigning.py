"""Giving out columns so that the whole is worth most: compared with trying everything."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from returns.intake.rules.assigning import STEP, assign

tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-1, 4).map(float), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def best(worth: list[list[float]]) -> float:
    """The most it can be worth, by trying everything; a row may stay without."""
    places = [*range(len(worth[0])), *[None] * len(worth)]
    return max(
        sum(max(row[place], 0) for row, place in zip(worth, order, strict=False) if place is not None)
        for order in permutations(places, len(worth))
    )


@given(tables)
def test_the_whole_is_worth_as_much_as_can_be(worth: list[list[float]]) -> None:
    given_out = assign(worth)
    places = [place for place in given_out if place is not None]

    assert len(places) == len(set(places))
    assert all(worth[row][place] > 0 for row, place in enumerate(given_out) if place is not None)
    total = sum(worth[row][place] for row, place in enumerate(given_out) if place is not None)
    assert total >= best(worth) - STEP * len(worth)


def test_the_second_choice_is_taken_where_it_helps_the_whole() -> None:
    assert assign([[3.0, 2.9], [3.0, 0.0]]) == [1, 0]


def test_nothing_to_give() -> None:
    assert assign([]) == []
    assert assign([[]]) == [None]
    assert assign([[0.0, -1.0]]) == [None]
