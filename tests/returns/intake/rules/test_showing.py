"""Clean values as people read them."""

import pytest

from returns.intake.rules.showing import all_shown, choices_of, shown
from tests.returns.intake.rules._reading import LAYOUT, RULES


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("date_of_birth", "2010-03-14", "14/03/2010"),
        ("date_of_birth", "soon", "soon"),
        ("objection", "Y", "Yes"),
        ("has_plan", "N", "No"),
        ("gender", "W", "Prefers not to say"),
        ("gender", "Femal", "Femal"),
        ("activity", "210", "At school sixth form, full time"),
        ("activity", "999", "999"),
        ("upn", "N886120000220", "N886120000220"),
        ("upn", "", ""),
    ],
)
def test_a_value_is_shown_in_words(column: str, value: str, words: str) -> None:
    assert shown(LAYOUT.column(column), value, RULES) == words


def test_a_row_is_shown_by_column_and_what_is_no_column_is_not() -> None:
    assert all_shown(LAYOUT, {"gender": "F", "shoe_size": "38"}, RULES) == {"gender": "Female"}


@pytest.mark.parametrize(
    ("column", "first"),
    [
        ("activity", "At school sixth form, full time"),
        ("gender", "Female"),
        ("has_plan", "Yes"),
        ("year_group", "12"),
    ],
)
def test_what_may_be_chosen_begins_with_the_usual(column: str, first: str) -> None:
    assert choices_of(LAYOUT.column(column), LAYOUT, "school", RULES)[0] == first


def test_most_columns_are_free() -> None:
    assert choices_of(LAYOUT.column("course"), LAYOUT, "school", RULES) == ()
