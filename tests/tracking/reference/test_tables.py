"""The dated tables as the screens know them hold exactly what the seed files hold."""

import pytest

from tracking.reference.columns import OF_EVERY_TABLE
from tracking.reference.tables import TABLES
from tracking.rules import ruleset


def test_every_seed_table_is_known() -> None:
    assert set(TABLES) == set(ruleset.TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_of_the_seed_file(name: str) -> None:
    headings = (
        set().union(*ruleset.seed_tables()[name][:1]) - OF_EVERY_TABLE
    )  # one is empty: councils fill it

    assert {column.name for column in TABLES[name].columns} >= headings


@pytest.mark.parametrize("name", TABLES)
def test_seed_rows_hold_what_their_columns_allow(name: str) -> None:
    for row in ruleset.seed_tables()[name]:
        for column in TABLES[name].columns:
            value = row.get(column.name, "")
            assert value or not column.is_required, (row, column.name)
            assert not (value and column.choices) or value in column.choices, (row, column.name)


@pytest.mark.parametrize("name", TABLES)
def test_a_key_and_a_first_day_stand_once(name: str) -> None:
    rows = ruleset.seed_tables()[name]

    assert len({(TABLES[name].key_of(row), row["valid_from"]) for row in rows}) == len(rows)
