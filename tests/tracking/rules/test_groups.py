"""A group's rule: what SQL finds is what the plain function says."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracking.rules.groups import (
    COLUMNS,
    Asked,
    Line,
    NotARule,
    Rule,
    belongs,
    condition,
    read,
    without,
    written,
)

VALUES = {
    "year": (16, 17),
    "gender": ("F", "M", ""),
    "need": ("EHCP", "SENS", ""),
    "vulnerable": (True, False),
    "characteristic": ("110", "170", "180"),
    "ethnicity": ("WBRI", "AIND", ""),
    "status": ("NEET", "NOT_KNOWN", "EET"),
    "district": (1, 2),
    "school": (1, 2),
    "service": (1, 2),
}
TYPES = {
    "year": "smallint", "gender": "text", "need": "text", "vulnerable": "bool", "characteristic": "text[]",
    "ethnicity": "text", "status": "text", "district": "bigint", "school": "bigint", "service": "bigint",
}  # fmt: skip
ASKED = st.sampled_from([Asked(trait, key) for trait, keys in VALUES.items() for key in keys])
LINES = st.builds(Line, st.lists(ASKED, min_size=1, max_size=3).map(tuple), st.booleans())
RULES = st.builds(Rule, st.lists(LINES, max_size=4).map(tuple))
MAY_LACK = {"year", "district", "school", "service"}


def _held(trait: str) -> st.SearchStrategy:
    if trait == "characteristic":
        return st.none() | st.lists(st.sampled_from(VALUES[trait]), max_size=3)
    found = st.sampled_from(VALUES[trait])
    return found | st.none() if trait in MAY_LACK else found


PEOPLE = st.lists(
    st.fixed_dictionaries({COLUMNS[trait]: _held(trait) for trait in VALUES}), min_size=1, max_size=12
)


@pytest.mark.django_db
@given(rule=RULES, people=PEOPLE)
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_sql_and_the_plain_function_agree_on_everybody(rule: Rule, people: list[dict]) -> None:
    parameters: dict = {}
    here = condition(rule, "r", parameters)
    rows = []
    for number, held in enumerate(people):
        cells = []
        for trait, column in COLUMNS.items():
            parameters[f"held_{number}_{column}"] = held[column]
            cells.append(f"%(held_{number}_{column})s::{TYPES[trait]}")
        rows.append(f"({number}, {', '.join(cells)})")
    with connection.cursor() as cursor:
        cursor.execute(
            f"select r.n from (values {', '.join(rows)}) as r (n, {', '.join(COLUMNS.values())}) where {here}",
            parameters,
        )
        found = {number for (number,) in cursor.fetchall()}

    assert found == {number for number, held in enumerate(people) if belongs(rule, held)}


@given(rule=RULES)
def test_a_rule_is_read_as_it_was_written(rule: Rule) -> None:
    assert read(written(rule)) == rule
    for number in range(len(rule.lines)):
        assert len(without(rule, number).lines) == len(rule.lines) - 1


@pytest.mark.parametrize(
    "kept",
    [
        [{"any_of": [["shoe_size", 4]], "is_turned": False}],
        [{"any_of": [["year", "16' or true --"]], "is_turned": False}],
        [{"any_of": [["vulnerable", "yes"]], "is_turned": False}],
        [{"any_of": [], "is_turned": False}],
        [{"any_of": [["year", 16]], "is_turned": False}] * 9,
        ["year"],
    ],
)
def test_what_is_no_rule_is_refused(kept: list) -> None:
    with pytest.raises(NotARule):
        read(kept)
