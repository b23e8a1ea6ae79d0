"""Invented councils."""

from random import Random

import pytest

from tracking.seeding.places import plan
from tracking.seeding.sizes import SIZES


@pytest.mark.parametrize("size", ["tiny", "county", "england"])
def test_every_district_has_a_name_of_its_own(size):
    """Also where two towns were given one name by the dice."""
    for seed in range(40):
        made = plan(Random(f"{seed}"), "886", SIZES[size])

        assert len(set(made.districts)) == SIZES[size].districts
        assert {town.district for town in made.towns} == set(range(SIZES[size].districts))
