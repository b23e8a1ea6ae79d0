"""No count of a line points at somebody, neither by itself nor by taking the others from their sum."""

from itertools import product

import pytest

from tracking.rules.disclosure import HIDDEN, are_few, counts_shown, number_shown
from tracking.rules.suppression import LEAST


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 12, "b": 30}, ""),
        ({"a": 0, "b": 30}, ""),
        ({"a": 4, "b": 30, "c": 12}, "ac"),
        ({"a": 4, "b": 3, "c": 12}, "ab"),
        ({"a": 1, "b": 1, "c": 12, "d": 9}, "abd"),
        ({"a": 3, "b": 0}, "ab"),
        ({"a": 4, "b": 4, "c": 12}, "ab"),
        ({}, ""),
    ],
)
def test_small_numbers_are_held_back(counts: dict, hidden: str) -> None:
    shown = counts_shown(counts)

    assert "".join(name for name, words in shown.items() if words == HIDDEN) == hidden
    assert {name: words for name, words in shown.items() if words != HIDDEN} == {
        name: str(count) for name, count in counts.items() if name not in hidden
    }


def test_that_all_are_of_one_kind_is_not_told_where_it_says_something() -> None:
    assert counts_shown({"NEET": 12, "working": 0}, ["NEET"]) == {"NEET": HIDDEN, "working": HIDDEN}
    assert counts_shown({"NEET": 0, "working": 12}, ["NEET"]) == {"NEET": "0", "working": "12"}


def test_what_is_hidden_never_comes_out_of_the_sum() -> None:
    """Whoever knows the sum and all numbers shown is left with answers five apart for each small one."""
    for numbers in product((0, 1, 4, 5, 20), repeat=4):
        counts = dict(zip("abcd", numbers, strict=True))

        shown = counts_shown(counts)

        hidden = [name for name, words in shown.items() if words == HIDDEN]
        assert all(not 0 < counts[name] < LEAST for name in counts if name not in hidden)
        if hidden and sum(numbers) >= LEAST:
            assert len(hidden) > 1
            # With another hidden beside it each may be nobody, or all that are hidden.
            assert sum(counts[name] for name in hidden) >= LEAST


def test_a_number_by_itself_is_shown_from_five_on() -> None:
    assert [number_shown(number) for number in (0, 1, 4, 5)] == ["0", HIDDEN, HIDDEN, "5"]
    assert not are_few(0, 5)
    assert are_few(0, 4)
