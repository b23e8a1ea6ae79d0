"""The steps of somebody with an EHC plan: days of an academic year, and rows that cannot be used."""

from datetime import date

import pytest

from tracking.rules.plan_steps import day_in, plan_step
from tracking.rules.ruleset import RuleSet

ROW = {
    "code": "named_place", "plain_words": "Place named", "order": "1", "year_groups": "11 12",
    "due_month": "3", "due_day": "31", "needs_place": "Y",
}  # fmt: skip


@pytest.mark.parametrize(
    ("month", "day", "falls_on"),
    [
        (9, 1, date(2026, 9, 1)),
        (12, 31, date(2026, 12, 31)),
        (8, 31, date(2027, 8, 31)),
        (2, 29, date(2027, 2, 28)),
    ],
)
def test_a_day_lies_within_the_academic_year(month, day, falls_on):
    assert day_in(2026, month, day) == falls_on


def test_a_place_is_named_by_the_end_of_march():
    step = RuleSet.from_csv(date(2027, 1, 1)).plan_steps["named_place"]

    assert (step.due_on(2026), step.needs_place) == (date(2027, 3, 31), True)


@pytest.mark.parametrize("wrong", [{"due_month": "13"}, {"due_day": "0"}, {"year_groups": "eleven"}])
def test_a_row_that_cannot_be_used_says_so(wrong):
    assert plan_step(ROW).year_groups == {11, 12}

    with pytest.raises(ValueError, match=r"\w"):
        plan_step({**ROW, **wrong})
