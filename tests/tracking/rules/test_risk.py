"""Points: the heaviest of those that count once together, in the months and year groups they are for."""

from datetime import date

import pytest

from tracking.rules.risk import in_force, risk_factor, weigh
from tracking.rules.ruleset import BadRow, RuleSet, seed_tables

NOVEMBER, JUNE = date(2026, 11, 22), date(2027, 6, 1)


def factors(on, authority="886"):
    return in_force(RuleSet.from_csv(on).risk_factors.values(), authority, on)


@pytest.mark.parametrize(
    ("held", "year", "total"),
    [
        (set(), 11, 0),
        ({"excluded", "free_meals"}, 11, 4),
        ({"attendance_85", "attendance_90"}, 11, 2),
        ({"plan", "sen_support"}, 10, 2),
        ({"in_care", "care_leaver", "carer"}, 12, 4),
        ({"undecided"}, 12, 0),
        ({"undecided"}, None, 0),
        ({"no_longer_a_factor", "was_neet"}, 12, 3),
    ],
)
def test_points_are_summed_once_for_what_counts_once(held, year, total):
    assert weigh(held, year, factors(JUNE)).total == total


def test_reasons_are_all_that_hold_heaviest_first():
    assert weigh({"sen_support", "plan", "was_neet"}, 11, factors(JUNE)).reasons == (
        "was_neet", "plan", "sen_support",
    )  # fmt: skip


def test_a_factor_counts_in_its_months_only():
    assert "no_offer" in {each.code for each in factors(JUNE)}
    assert "no_offer" not in {each.code for each in factors(NOVEMBER)}


def test_a_council_s_own_factor_is_nobody_else_s():
    row = {**seed_tables()["risk_factors"][0], "authority": "886"}

    assert in_force([risk_factor(row)], "886", JUNE)
    assert not in_force([risk_factor(row)], "887", JUNE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": "12"},
        {"first_month": "13"},
        {"source": "hearsay"},
        {"source": "characteristic", "reads": ""},
        {"code": "a_name_that_is_too_long_to_keep"},
    ],
)
def test_a_row_that_cannot_be_used_is_named(wrong):
    tables = {**seed_tables(), "risk_factors": [{**seed_tables()["risk_factors"][0], **wrong}]}

    with pytest.raises(BadRow, match="risk_factors"):
        RuleSet.from_rows(JUNE, tables)
