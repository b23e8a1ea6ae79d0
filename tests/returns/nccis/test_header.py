from dataclasses import replace
from datetime import date

import pytest

from returns.nccis.header import Header, refusals
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 10, 31))
HEADER = Header(("886",), ("886", "887"), "2026-11-09", "2026-10-31", "Council", "1.0", "1")


def test_header_that_is_right_is_not_refused():
    assert refusals(HEADER, RULES) == []
    assert HEADER.period_ends_on == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"database_ids": ()}, ["names no database"]),
        ({"database_ids": ("88", "88A", "886")}, ["'88'", "'88A'"]),
        ({"la_codes": ()}, ["names no local authority"]),
        ({"la_codes": ("886", "999", "001")}, ["'999'", "'001'"]),
        ({"date_of_send": "09/11/2026"}, ["DateOfSend"]),
        ({"period_end": ""}, ["PeriodEnd"]),
        ({"period_end": "2026-11-31", "date_of_send": ""}, ["DateOfSend", "PeriodEnd"]),
    ],
)
def test_header_is_refused_for_each_thing_that_is_wrong(changes, words):
    reasons = refusals(replace(HEADER, **changes), RULES)

    assert len(reasons) == len(words)
    assert all(word in reason for word, reason in zip(words, reasons, strict=True))
