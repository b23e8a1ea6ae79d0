"""What came of trying, who may know, what a call is worth, how soon somebody is spoken to: read from the tables."""

from datetime import date

import pytest

from tracking.rules.chase import contact_rule
from tracking.rules.codes import Status
from tracking.rules.ruleset import BadRow, RuleSet, seed_tables

ON = date(2026, 11, 23)
RULES = RuleSet.from_csv(ON)


def with_row(table, **columns):
    """The seed tables with one more row like the first of a table."""
    tables = dict(seed_tables())
    first = tables[table][0]
    tables[table] = (*tables[table], {**first, "code": "ours", **columns})
    return tables


def test_an_outcome_says_whether_somebody_was_reached_and_when_to_try_again():
    no_answer, back = RULES.contact_outcomes["no_answer"], RULES.contact_outcomes["call_back"]

    assert (no_answer.reached, no_answer.learned, no_answer.again_days) == (False, False, 1)
    assert back.reached
    assert back.asks_for_time
    assert not no_answer.may_come_of("letter")
    assert back.may_come_of("letter")


def test_what_is_learned_is_learned_from_somebody_reached():
    assert all(each.reached for each in RULES.contact_outcomes.values() if each.learned)


def test_the_young_person_is_asked_first():
    rungs = sorted(RULES.source_ladder.values(), key=lambda each: each.order)

    assert [each.code for each in rungs][:2] == ["young_person", "parent"]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2026, 11, 30), 150),
        (date(2026, 12, 1), 300),
        (date(2027, 2, 28), 300),
        (date(2027, 3, 1), 150),
        (date(2027, 4, 1), None),
    ],
)
def test_a_call_weighs_by_the_month(day, value):
    row = RULES.weights.month(day)

    assert (row.value if row else None) == value


def test_a_weight_that_is_not_in_the_table_changes_nothing():
    assert RULES.weights.share("no such row") == 1.0
    assert RULES.weights.words("no such row") == ""


def test_a_councils_own_protocol_is_asked_before_everybodys():
    own = RuleSet.from_rows(ON, with_row("contact_protocol", authority="886", order="99"))

    assert own.protocol("886")[0].code == "ours"
    assert "ours" not in {each.code for each in own.protocol("825")}


@pytest.mark.parametrize(
    ("table", "columns", "reason"),
    [
        ("contact_outcomes", {"reached": "perhaps"}, "neither Y nor N"),
        ("contact_outcomes", {"again_days": "-1"}, "below nothing"),
        ("source_ladder", {"knows": "101"}, "cannot know"),
        ("chase_weights", {"about": "weather"}, "weather"),
        ("chase_weights", {"months": "13"}, "months go from 1 to 12"),
        ("contact_protocol", {"every_days": ""}, "does not say how often"),
        ("contact_protocol", {"status": "LOST"}, "LOST"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(table, columns, reason):
    with pytest.raises(BadRow, match=reason):
        RuleSet.from_rows(ON, with_row(table, **columns))


def test_a_rule_of_the_protocol_fits_by_status_need_and_group():
    row = next(each for each in seed_tables()["contact_protocol"] if each["code"] == "neet_vulnerable")
    rule = contact_rule(row)

    assert rule.fits(Status.NEET, "619", "", vulnerable=True)
    assert not rule.fits(Status.NEET, "619", "", vulnerable=False)
    assert not rule.fits(Status.NOT_KNOWN, "", "", vulnerable=True)
