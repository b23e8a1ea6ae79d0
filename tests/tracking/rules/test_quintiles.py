"""Quintiles as the DfE makes them: sizes, the end that takes one more, both ways of numbering, the way to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.quintiles import (
    ambiguous,
    best_first,
    groups_of,
    published_best_first,
    quintile,
    rank,
    to_next,
)


def codes(number: int) -> dict[str, float]:
    return {f"{500 + each}": float(each) for each in range(number)}


@pytest.mark.parametrize(
    ("number", "sizes"),
    [
        (150, [30, 30, 30, 30, 30]),
        (151, [31, 30, 30, 30, 30]),
        (152, [31, 31, 30, 30, 30]),
        (3, [1, 1, 1, 0, 0]),
    ],
)
def test_the_groups_are_as_equal_as_can_be_and_the_lowest_take_one_more(
    number: int, sizes: list[int]
) -> None:
    groups = list(groups_of(codes(number)).values())

    assert [groups.count(each) for each in range(1, 6)] == sizes


@given(st.lists(st.floats(0, 100), max_size=40))
def test_whoever_is_in_a_higher_group_has_no_lower_value(found: list[float]) -> None:
    values = {f"{500 + at}": value for at, value in enumerate(found)}
    groups = groups_of(values)

    assert set(groups) == set(values)
    for one in values:
        for other in values:
            assert groups[one] <= groups[other] or values[one] >= values[other]


def test_the_city_and_the_isles_are_not_ranked() -> None:
    values = {**codes(10), "201": 0.0, "420": 99.0}

    assert set(groups_of(values)) == set(codes(10))
    assert rank("201", values, higher_is_better=False) is None
    assert rank("500", values, higher_is_better=False) == 1


@pytest.mark.parametrize(
    ("year", "higher_is_better", "lowest", "highest"),
    [(2025, False, 1, 5), (2025, True, 5, 1), (2023, False, 1, 5), (2023, True, 1, 5), (2020, True, 5, 1)],
)
def test_the_files_of_some_years_number_by_value(
    year: int, higher_is_better: bool, lowest: int, highest: int
) -> None:
    assert quintile(1, higher_is_better=higher_is_better, year=year) == lowest
    assert quintile(5, higher_is_better=higher_is_better, year=year) == highest


def test_the_best_group_is_the_first_whatever_the_file_says() -> None:
    assert best_first(1, higher_is_better=False) == best_first(5, higher_is_better=True) == 1


@pytest.mark.parametrize("year", [2020, 2022, 2025])
@pytest.mark.parametrize("higher_is_better", [True, False])
def test_a_published_number_comes_back_as_best_first(year: int, higher_is_better: bool) -> None:
    for group in range(1, 6):
        number = quintile(group, higher_is_better=higher_is_better, year=year)
        best = published_best_first(number, higher_is_better=higher_is_better, year=year)

        assert best == best_first(group, higher_is_better=higher_is_better)


def test_equal_values_share_a_place() -> None:
    values = {"300": 2.0, "301": 3.0, "302": 3.0, "303": 4.0}

    assert [rank(each, values, higher_is_better=False) for each in values] == [1, 2, 2, 4]
    assert [rank(each, values, higher_is_better=True) for each in values] == [4, 2, 2, 1]


def test_rounding_leaves_open_who_is_on_which_side_of_an_edge() -> None:
    values = {"300": 1.0, "301": 2.0, "302": 2.0, "303": 3.0, "304": 4.0}

    assert ambiguous(values, groups_of(values)) == {"301", "302"}


@pytest.mark.parametrize(
    ("own", "whole", "better", "up", "people"),
    [
        (8.0, 1000, [6.0, 7.0], False, 10),  # 7.0 is as good as the last of the next group
        (7.05, 1000, [7.0], False, 1),
        (7.0, 1000, [7.0], False, 1),  # rounded alike: at least one
        (90.0, 200, [92.5, 95.0], True, 5),
    ],
)
def test_how_many_young_people_lie_between(
    own: float, whole: float, better: list[float], up: bool, people: int
) -> None:
    found = to_next(own, whole, better, group=3, higher_is_better=up)

    assert found is not None
    assert (found.quintile, found.young_people) == (2, people)


def test_in_the_best_there_is_no_next() -> None:
    assert to_next(1.0, 100, [0.5], group=1, higher_is_better=False) is None
