"""Whose September it is, who is in its cohort and why, and where a status is counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.guarantee import (
    GROUPS,
    Included,
    Lived,
    Stand,
    grace_ends,
    group_recorded_for,
    guarantee_group,
    guarantee_year_of,
    included,
    led_by,
    september_worked_on,
    share,
    stand_of,
)
from tracking.rules.offers import guarantee_births
from tracking.rules.ruleset import RuleSet

COUNCILS = frozenset({"886", "887"})
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("on", "grace_days", "year"),
    [
        (date(2026, 5, 31), 30, 2026),
        (date(2026, 6, 1), 30, 2026),
        (date(2026, 8, 31), 30, 2026),
        (date(2026, 8, 31), 0, 2026),
        (date(2026, 9, 1), 0, 2027),
        (date(2026, 9, 1), 1, 2026),
        (date(2026, 9, 2), 1, 2027),
        (date(2026, 9, 30), 30, 2026),
        (date(2026, 10, 1), 30, 2027),
        (date(2026, 10, 31), 61, 2026),
        (date(2026, 11, 1), 61, 2027),
        (date(2026, 12, 31), 30, 2027),
        (date(2028, 2, 29), 30, 2028),
    ],
)
def test_guarantee_year_of_a_day_turns_after_the_days_of_grace(on, grace_days, year):
    assert guarantee_year_of(on, grace_days) == year


@given(on=days, grace_days=st.integers(0, 120))
def test_each_day_belongs_to_one_september_which_never_goes_back(on, grace_days):
    year, next_day = guarantee_year_of(on, grace_days), guarantee_year_of(on + timedelta(days=1), grace_days)

    assert grace_ends(year - 1, grace_days) < on <= grace_ends(year, grace_days)
    assert next_day - year == (on == grace_ends(year, grace_days))


@given(on=days, grace_days=st.integers(0, 120))
def test_offers_ask_the_same_rule(on, grace_days):
    rules = RuleSet.from_csv(date(2026, 11, 1)).offers
    one = type(rules)(stages=rules.stages, families=rules.families, grace_days=grace_days, begins_by=110)

    assert one.september_of(on) == guarantee_year_of(on, grace_days)
    assert one.last_day(on.year) == grace_ends(on.year, grace_days)


@pytest.mark.parametrize(
    ("born_on", "group"),
    [
        (date(2010, 9, 1), None),  # Year 10 in May 2026
        (date(2010, 8, 31), 11),
        (date(2009, 9, 1), 11),
        (date(2009, 8, 31), 12),
        (date(2008, 9, 1), 12),
        (date(2008, 8, 31), None),
        (date(2008, 2, 29), None),
        (None, None),
    ],
)
def test_the_group_of_a_september_turns_on_31_august(born_on, group):
    assert guarantee_group(born_on, 2026) == group


def test_a_leap_day_is_in_year_11_and_12_once_each():
    assert [guarantee_group(date(2008, 2, 29), year) for year in (2023, 2024, 2025, 2026)] == [
        None,
        11,
        12,
        None,
    ]


@given(born_on=st.dates(date(2005, 1, 1), date(2020, 12, 31)))
def test_everybody_has_one_september_for_each_group(born_on):
    found = {year: guarantee_group(born_on, year) for year in range(2019, 2040)}

    assert sorted(group for group in found.values() if group) == sorted(GROUPS)
    for year, group in found.items():
        if group:
            first, last = guarantee_births(year, group)
            assert first <= born_on <= last


@pytest.mark.parametrize(
    ("on", "group"),
    [
        (date(2026, 8, 31), 11),
        (date(2026, 9, 1), 11),  # now in Year 12; what is heard is still of the offer after Year 11
        (date(2026, 9, 30), 11),
        (date(2026, 10, 1), 12),
        (date(2027, 9, 30), 12),
        (date(2027, 10, 1), None),
    ],
)
def test_a_status_is_recorded_for_the_year_group_just_finished_in_the_days_of_grace(on, group):
    assert group_recorded_for(date(2010, 3, 1), on, 30) == group


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 3, 31), 2026),
    ],
)
def test_a_september_is_worked_on_from_april_to_march(on, year):
    assert september_worked_on(on) == year


@pytest.mark.parametrize(
    ("lived", "reason", "leads"),
    [
        (Lived(12, "886", school="887"), Included.LIVES_HERE, "886"),
        (Lived(11, "886", school="886"), Included.EDUCATED_HERE, "886"),
        (Lived(11, "886", school="887"), Included.EDUCATED_ELSEWHERE, "887"),
        (Lived(11, "886", school="886", educated_la="887"), Included.EDUCATED_HERE, "887"),
        (Lived(11, "886", la_at_year_11="886", educated_la="887"), Included.ON_NO_ROLL, "886"),
        (Lived(11, "886", at_home=True), Included.TAUGHT_AT_HOME, "886"),
        (Lived(11, "886", educated_la="000"), Included.ON_NO_ROLL, "886"),  # outside England leads nobody
    ],
)
def test_why_somebody_is_in_and_who_leads(lived, reason, leads):
    assert included(lived) is reason
    assert led_by(lived, COUNCILS) == leads
    assert reason.words


def test_every_status_has_its_column():
    rules = RuleSet.from_csv(date(2026, 11, 1))
    stands = {code: status.stand for code, status in rules.guarantee_statuses.items()}

    assert set(stands.values()) == set(Stand)
    assert {code for code, stand in stands.items() if stand is Stand.REFUSED} == {"151"}
    assert {code for code, stand in stands.items() if stand is Stand.NOT_ASKED} == {"159"}
    assert {code for code, stand in stands.items() if stand is Stand.OFFER} == {"110", "114", "115"}
    assert stand_of("a family nobody knows") is Stand.NOT_ASKED
    assert all(stand.words for stand in Stand)


def test_more_than_were_frozen_is_more_than_a_hundred_per_cent():
    assert share(105, 100) == 105.0
    assert share(0, 0) is None
