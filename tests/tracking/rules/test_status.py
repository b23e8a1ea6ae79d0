from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.codes import Status
from tracking.rules.currency import ActivityFacts, lapses_on
from tracking.rules.ruleset import RuleSet
from tracking.rules.status import counts_in_education_and_training, status_on

RULES = RuleSet.from_csv(date(2026, 10, 31))
STARTED = date(2025, 9, 1)
VERIFIED = date(2026, 3, 26)


@pytest.mark.parametrize(
    ("code", "on", "status"),
    [
        ("230", date(2026, 8, 31), Status.EET),
        ("230", date(2026, 9, 1), Status.NOT_KNOWN),
        ("310", date(2027, 3, 26), Status.EET),
        ("310", date(2027, 3, 27), Status.NOT_KNOWN),
        ("530", date(2026, 4, 1), Status.EET),
        ("619", date(2030, 1, 1), Status.NEET),
        ("810", date(2026, 4, 1), Status.NOT_KNOWN),
        ("710", date(2026, 4, 1), Status.EXCLUDED),
        ("110", date(2026, 4, 1), Status.COMPULSORY),
        ("720", date(2026, 4, 1), Status.NOT_KNOWN),
    ],
)
def test_status_follows_code_and_currency(code, on, status):
    assert status_on(ActivityFacts(code, STARTED), VERIFIED, RULES, on) is status


def test_status_without_an_activity_is_not_known():
    assert status_on(None, None, RULES, VERIFIED) is Status.NOT_KNOWN


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (STARTED - timedelta(days=1), Status.NOT_KNOWN),
        (STARTED, Status.NEET),
        (date(2026, 5, 1), Status.NEET),
        (date(2026, 5, 2), Status.NOT_KNOWN),
    ],
)
def test_status_holds_from_the_first_day_to_the_last(on, status):
    activity = ActivityFacts("619", STARTED, ended_on=date(2026, 5, 1))

    assert status_on(activity, VERIFIED, RULES, on) is status


@pytest.mark.parametrize(
    ("code", "counts"), [("230", True), ("250", True), ("530", False), ("260", False), ("619", False)]
)
def test_counts_in_education_and_training_as_the_dfe_counts(code, counts):
    activity = ActivityFacts(code, STARTED)

    assert counts_in_education_and_training(activity, VERIFIED, RULES, date(2026, 4, 10)) is counts


def test_counts_nothing_that_is_not_known():
    assert not counts_in_education_and_training(None, None, RULES, VERIFIED)
    lapsed = ActivityFacts("230", STARTED)
    assert not counts_in_education_and_training(lapsed, VERIFIED, RULES, date(2026, 9, 1))


@given(
    st.sampled_from(sorted(RULES.activities)),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(1, 900),
)
def test_status_is_not_known_every_day_after_it_lapses(code, verified_on, later):
    activity = ActivityFacts(code, STARTED)
    lapse_on = lapses_on(activity, verified_on, RULES)

    if lapse_on is not None:
        after = lapse_on + timedelta(days=later)
        assert status_on(activity, verified_on, RULES, after) is Status.NOT_KNOWN
