"""How large the invented councils are."""

import pytest

from tracking.seeding.sizes import SIZES


@pytest.mark.parametrize("name", SIZES)
def test_the_councils_share_everybody(name):
    size = SIZES[name]

    assert sum(size.of_council(index).people for index in range(size.authorities)) == size.people


def test_englands_first_council_is_a_county():
    england = SIZES["england"]

    assert england.of_council(0) == SIZES["county"]
    assert england.of_council(1).frozen_months == 1
    assert {england.of_council(index).people for index in range(1, 150)} == {13_053, 13_054}


def test_councils_without_a_first_one_share_evenly():
    assert SIZES["county"].of_council(0).people == 55_000
