"""The rules of a day from the database."""

from datetime import date
from typing import Any

import pytest

from neet.audit.context import request_id
from tracking.reference.actions import load_seed
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.rules.ruleset import RuleSet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("on", [date(2016, 5, 1), date(2019, 4, 30), date(2026, 10, 31)])
def test_the_database_gives_the_rules_of_the_seed_files(on: date) -> None:
    load_seed()

    assert ruleset(on) == RuleSet.from_csv(on)


def test_an_edit_shows_at_once() -> None:
    load_seed()
    on = date(2026, 10, 31)
    assert ruleset(on).limits["oldest_with_plan"] == 24

    row = ReferenceRow.objects.holding(on).get(table="limits", key="oldest_with_plan")
    row.values["value"] = "25"
    row.save()

    assert ruleset(on).limits["oldest_with_plan"] == 25


def test_rules_already_read_cost_one_statement(django_assert_num_queries: Any) -> None:
    load_seed()
    ruleset(date(2026, 10, 31))

    with django_assert_num_queries(1):
        ruleset(date(2026, 10, 31))


def test_a_request_asks_once_and_the_next_one_sees_an_edit(django_assert_num_queries: Any) -> None:
    load_seed()
    on = date(2026, 10, 31)
    within("first", on)
    row = ReferenceRow.objects.holding(on).get(table="limits", key="oldest_with_plan")
    row.values["value"] = "25"
    row.save()

    assert within("second", on, again=3, most=django_assert_num_queries).limits["oldest_with_plan"] == 25


def within(number: str, on: date, *, again: int = 0, most: Any = None) -> RuleSet:
    """The rules as a request of that number gets them, asked for several times."""
    mark = request_id.set(number)
    try:
        found = ruleset(on)
        if most:
            with most(0):
                for _ in range(again):
                    ruleset(on)
        return found
    finally:
        request_id.reset(mark)
