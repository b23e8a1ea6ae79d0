from datetime import date

import pytest

from tracking.rules.neet_start import Spell, neet_since
from tracking.rules.ruleset import RuleSet

ON = date(2026, 10, 31)
RULES = RuleSet.from_csv(ON)
JULY, AUGUST, SEPTEMBER = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("spells", "since"),
    [
        ([], None),
        ([Spell("230", JULY)], None),
        ([Spell("619", SEPTEMBER)], SEPTEMBER),
        ([Spell("619", JULY, date(2026, 8, 31)), Spell("640", SEPTEMBER)], JULY),
        ([Spell("640", SEPTEMBER), Spell("619", JULY)], JULY),
        ([Spell("619", JULY, date(2026, 8, 30)), Spell("640", SEPTEMBER)], SEPTEMBER),
        ([Spell("619", JULY), Spell("230", AUGUST, date(2026, 8, 31)), Spell("640", SEPTEMBER)], SEPTEMBER),
        ([Spell("619", JULY), Spell("810", AUGUST, date(2026, 8, 31)), Spell("640", SEPTEMBER)], SEPTEMBER),
        ([Spell("619", SEPTEMBER, date(2026, 10, 30))], None),
        ([Spell("619", SEPTEMBER, ON)], SEPTEMBER),
        ([Spell("619", date(2026, 11, 1))], None),
        ([Spell("619", JULY), Spell("310", date(2026, 11, 1))], JULY),
    ],
)
def test_neet_since_the_first_day_of_the_unbroken_run(spells, since):
    assert neet_since(spells, RULES, ON) == since
