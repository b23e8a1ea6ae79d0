"""What of an argument is a value, and what decides the look of a statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neet.statements.parts import Fixed, Ids, Words, in_order, parted, renumbered, values_in

REF = UUID("7a2b54a0-9a5c-4b70-9d0d-0e6f6e6a1f10")


@dataclass(frozen=True)
class Narrowed:
    school: int | None = None
    year: int | None = None


values_in(Narrowed, "school")


@pytest.mark.parametrize(
    ("value", "values"),
    [
        (7, (7,)),
        (REF, (REF,)),
        (Ids((4, 9)), (Ids((4, 9)),)),
        (Words("Ann Lee"), (Words("Ann Lee"),)),
        ((3, "lead", (8, None)), (3, 8)),
        (Narrowed(school=5, year=12), (5,)),
        # what decides the look
        (True, ()),
        (Fixed(50), ()),
        ("lead", ()),
        (None, ()),
        (date(2026, 9, 1), ()),
        (Ids(), ()),
        (Words(""), ()),
        (Narrowed(year=12), ()),
    ],
)
def test_numbers_uuids_keys_and_words_are_values(value: Any, values: tuple[Any, ...]) -> None:
    assert parted(value)[1] == values


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, False),
        (Fixed(1), Fixed(2)),
        (Ids(), Ids((1,))),
        (Words(""), Words("Lee")),
        (None, 4),
        ((4,), (4, 4)),
        (Narrowed(school=5), Narrowed()),
        (Narrowed(year=12), Narrowed(year=13)),
        (4, REF),
    ],
)
def test_what_is_not_a_value_makes_another_look(one: Any, other: Any) -> None:
    assert parted(one)[0] != parted(other)[0]


@pytest.mark.parametrize(("one", "other"), [(4, 5), (Ids((1,)), Ids((2, 3))), (Words("Lee"), Words("Ng"))])
def test_other_values_make_no_other_look(one: Any, other: Any) -> None:
    assert parted(one)[0] == parted(other)[0]


plain = st.one_of(
    st.integers(1, 9), st.booleans(), st.none(), st.sampled_from(["lead", ""]), st.uuids(),
    st.lists(st.integers(1, 9)).map(Ids), st.text(max_size=3).map(Words),
    st.builds(Narrowed, st.none() | st.integers(1, 9), st.none() | st.integers(1, 9)),
)  # fmt: skip
nested = st.recursive(plain, lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=8)


@given(nested)
def test_a_value_is_its_look_and_its_numbers(value: Any) -> None:
    look, numbers = parted(value)
    assert renumbered(value, iter(numbers)) == value
    assert hash(look) == hash(parted(value)[0])


@given(st.lists(st.integers(1, 99) | st.uuids()).map(tuple))
def test_numbers_stand_once_and_the_plain_ones_by_size(found: tuple[Any, ...]) -> None:
    ordered = in_order(found)
    plain_ones = [each for each in ordered if isinstance(each, int)]
    assert set(ordered) == set(found)
    assert len(ordered) == len(set(found))
    assert plain_ones == sorted(plain_ones)
