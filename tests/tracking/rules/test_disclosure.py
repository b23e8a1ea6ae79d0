"""No count points at somebody, neither by itself nor by taking the others from their sum."""

from itertools import product

import pytest

from tracking.rules.disclosure import FEW, HIDDEN, LEAST, counts_shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 12, "b": 30}, {"a": "12", "b": "30"}),
        ({"a": 0, "b": 30}, {"a": "0", "b": "30"}),
        ({"a": 4, "b": 30, "c": 12}, {"a": FEW, "b": "30", "c": HIDDEN}),
        ({"a": 4, "b": 3, "c": 12}, {"a": FEW, "b": FEW, "c": "12"}),
        ({"a": 1, "b": 1, "c": 12, "d": 9}, {"a": FEW, "b": FEW, "c": "12", "d": HIDDEN}),
        ({"a": 3, "b": 0}, {"a": FEW, "b": HIDDEN}),
        ({"a": 4, "b": 4, "c": 12}, {"a": FEW, "b": FEW, "c": HIDDEN}),
        ({}, {}),
    ],
)
def test_small_numbers_are_held_back(counts: dict, shown: dict) -> None:
    assert counts_shown(counts) == shown


def test_what_is_hidden_never_comes_out_of_the_sum() -> None:
    for numbers in product((0, 1, 4, 5, 20), repeat=4):
        counts = dict(zip("abcd", numbers, strict=True))

        shown = counts_shown(counts)

        hidden = [name for name, words in shown.items() if words in {FEW, HIDDEN}]
        assert all(not 0 < counts[name] < LEAST for name in counts if name not in hidden)
        if hidden:
            together = sum(counts[name] for name in hidden)
            assert len(hidden) > 1
            assert together >= LEAST or len(hidden) == len(counts)
