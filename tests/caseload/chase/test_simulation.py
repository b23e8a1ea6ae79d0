"""Calls of four weeks in an invented council whose true chances no order sees (wish 4.7)."""

from statistics import mean

import pytest

from tests.caseload.chase.simulating import (
    alphabetical,
    oldest_first,
    ours,
    reached_within,
    tried,
    weeks_of_calls,
    world,
)

PEOPLE, SEEDS, FOUR_WEEKS = 120, range(1, 4), 28
A_YEAR = 3  # calls to a number in the year before, at most


@pytest.fixture(scope="module")
def worlds():
    """Each order in the same worlds."""
    orders = {"ours": ours, "alphabetical": alphabetical, "oldest first": oldest_first}
    return {
        name: [weeks_of_calls(order, world(PEOPLE, seed, A_YEAR), days=20, calls_a_day=12) for seed in SEEDS]
        for name, order in orders.items()
    }


def test_more_is_known_of_a_hundred_calls_than_by_alphabet_or_age(worlds):
    known = {name: mean(each.per_hundred for each in found) for name, found in worlds.items()}

    assert known["ours"] > 1.15 * known["alphabetical"]
    assert known["ours"] > 1.15 * known["oldest first"]


def test_vulnerable_groups_are_never_starved(worlds):
    """All of them are rung, and no fewer reached than by calling whoever has waited longest."""
    for here, there in zip(worlds["ours"], worlds["oldest first"], strict=True):
        assert tried(here, vulnerable=True) == 1.0
        found = reached_within(here, FOUR_WEEKS, vulnerable=True)
        assert found >= reached_within(there, FOUR_WEEKS, vulnerable=True)
