"""Terms, and the days on which what comes back every year is due."""

from datetime import date

import pytest

from caseload.plan.rules import SIX, THREE, a_year_later, due_days, months_of, standing, terms_of
from tracking.rules.council_year import Due, PlanItem
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 11, 23))


def item(due, month=0, number=0):
    return PlanItem("x", "Something", "", (), "", due, month, number)


@pytest.mark.parametrize(
    ("due", "month", "number", "day"),
    [
        (Due.DAY, 3, 31, date(2027, 3, 31)),
        (Due.DAY, 9, 30, date(2026, 9, 30)),
        (Due.DAY, 5, 31, date(2027, 5, 28)),  # a bank holiday Monday: the Friday before
        (Due.DAY, 2, -1, date(2027, 2, 26)),  # a Sunday
        (Due.WORKING_DAY, 9, 1, date(2026, 9, 1)),
        (Due.WORKING_DAY, 8, -1, date(2027, 8, 31)),
    ],
)
def test_a_day_is_found_in_the_academic_year_and_is_a_working_day(due, month, number, day):
    assert list(due_days(item(due, month, number), 2026, SIX)) == [("", day)]


@pytest.mark.parametrize(("terms", "number"), [(SIX, 6), (THREE, 3)])
def test_what_ends_each_term_comes_as_often_as_there_are_terms(terms, number):
    days = dict(due_days(item(Due.END_OF_TERM), 2026, terms))

    assert list(days) == [str(each) for each in range(1, number + 1)]
    assert list(days.values()) == sorted(days.values())
    assert {month for term in terms for month in term.months} == set(range(1, 13))
    assert terms_of(number) == terms


def test_a_year_later_is_a_working_day_and_knows_leap_years():
    assert a_year_later(date(2026, 11, 23)) == date(2027, 11, 23)
    assert a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_later(date(2026, 12, 18)) == date(2027, 12, 17)


@pytest.mark.parametrize(
    ("due_on", "is_done", "outcome", "words"),
    [
        (date(2026, 11, 22), False, "", "Late"),
        (date(2026, 11, 23), False, "", "Due"),
        (date(2026, 12, 7), False, "", "Due"),
        (date(2026, 12, 8), False, "", "To come"),
        (date(2026, 11, 1), True, "All rung", "Done"),
        (date(2026, 11, 1), True, "Not needed: no hubs here", "Not needed"),
    ],
)
def test_an_item_stands_as_its_day_says(due_on, is_done, outcome, words):
    assert standing(due_on, is_done, outcome, date(2026, 11, 23))[0] == words


def test_every_row_of_the_table_has_a_day_in_the_year():
    first, last = months_of(2026)[0].starts_on, months_of(2026)[-1].ends_on

    for row in RULES.plan_items.values():
        days = list(due_days(row, 2026, SIX))
        assert days
        assert all(first <= day <= last for _, day in days)


def test_a_campaign_over_the_turn_of_the_year_ends_in_the_next():
    christmas, results = (RULES.campaign_kinds[code] for code in ("christmas_leavers", "results_day"))

    assert christmas.usual_days(date(2026, 11, 20)) == (date(2026, 11, 23), date(2027, 1, 31))
    assert christmas.usual_days(date(2027, 1, 10)) == (date(2026, 11, 23), date(2027, 1, 31))
    assert christmas.usual_days(date(2027, 2, 1)) == (date(2027, 11, 23), date(2028, 1, 31))
    assert results.usual_days(date(2026, 11, 20)) == (date(2027, 8, 15), date(2027, 9, 10))
