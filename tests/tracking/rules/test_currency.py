from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.currency import ActivityFacts, add_months, is_current, lapses_on
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 10, 31))
STARTED = date(2025, 9, 1)
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("code", "verified_on", "lapse_on"),
    [
        ("210", date(2026, 3, 26), date(2026, 8, 31)),
        ("230", date(2026, 8, 31), date(2026, 8, 31)),
        ("230", date(2026, 9, 1), date(2027, 8, 31)),
        ("110", date(2026, 3, 26), date(2026, 8, 31)),
        ("310", date(2026, 3, 26), date(2027, 3, 26)),
        ("320", date(2024, 2, 29), date(2026, 9, 1)),
        ("330", date(2025, 8, 31), date(2026, 3, 1)),
        ("360", date(2025, 10, 31), date(2026, 4, 30)),
        ("410", date(2026, 3, 26), date(2026, 9, 26)),
        ("530", date(2025, 11, 30), date(2026, 2, 28)),
        ("619", date(2026, 3, 26), None),
        ("810", date(2026, 3, 26), None),
        ("999", date(2026, 3, 26), None),
    ],
)
def test_lapses_on_the_day_its_rule_counts_to(code, verified_on, lapse_on):
    assert lapses_on(ActivityFacts(code, STARTED), verified_on, RULES) == lapse_on


@pytest.mark.parametrize("code", ["260", "290", "350", "710"])
def test_lapses_28_days_after_the_review(code):
    facts = ActivityFacts(code, STARTED, review_on=date(2026, 6, 30))

    assert lapses_on(facts, date(2026, 3, 26), RULES) == date(2026, 7, 28)


def test_lapses_28_days_after_verification_without_a_review():
    assert lapses_on(ActivityFacts("350", STARTED), date(2026, 3, 1), RULES) == date(2026, 3, 29)


@pytest.mark.parametrize(
    ("code", "end_on", "lapse_on"),
    [
        ("230", date(2026, 6, 30), date(2026, 6, 30)),
        ("230", date(2027, 7, 31), date(2026, 8, 31)),
        ("430", date(2026, 5, 1), date(2026, 5, 1)),
        ("310", date(2026, 5, 1), date(2027, 3, 26)),
    ],
)
def test_lapses_with_the_course_where_its_rule_says_so(code, end_on, lapse_on):
    facts = ActivityFacts(code, STARTED, predicted_end_on=end_on)

    assert lapses_on(facts, date(2026, 3, 26), RULES) == lapse_on


def test_lapses_a_year_on_when_verified_before_it_starts():
    facts = ActivityFacts("230", date(2026, 9, 1))

    assert lapses_on(facts, date(2026, 7, 10), RULES) == date(2027, 8, 31)


def test_lapses_from_its_start_when_never_verified():
    assert lapses_on(ActivityFacts("310", STARTED), None, RULES) == date(2026, 9, 1)


def test_current_on_the_day_it_lapses_and_not_the_day_after():
    assert is_current(date(2026, 8, 31), date(2026, 8, 31))
    assert not is_current(date(2026, 8, 31), date(2026, 9, 1))
    assert is_current(None, date(2026, 9, 1))


@given(st.sampled_from(sorted(RULES.currency)), days, days, st.none() | days, st.none() | days)
def test_a_later_confirmation_never_lapses_earlier(code, one, other, end_on, review_on):
    facts = ActivityFacts(code, STARTED, predicted_end_on=end_on, review_on=review_on)
    earlier, later = (lapses_on(facts, day, RULES) or date.max for day in sorted((one, other)))

    assert earlier <= later


@given(st.sampled_from(sorted(RULES.currency)), days, days)
def test_never_lapses_after_the_end_where_the_rule_is_capped(code, verified_on, end_on):
    facts = ActivityFacts(code, STARTED, predicted_end_on=end_on)
    lapse_on = lapses_on(facts, verified_on, RULES)

    if RULES.currency[code].capped_by_end:
        assert lapse_on is not None
        assert lapse_on <= end_on
    else:
        assert lapse_on == lapses_on(replace(facts, predicted_end_on=None), verified_on, RULES)


@given(days, st.integers(0, 36))
def test_add_months_keeps_the_day_or_the_end_of_the_month(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
