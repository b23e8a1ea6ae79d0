"""Messages go out on working days in office hours."""

from datetime import UTC, date, datetime

import pytest

from caseload.messaging.rules import WORDS, Why, closes, is_open, next_open
from neet.clock import LONDON
from neet.messages.rules import parts
from tests.caseload.messaging.conftest import at
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(9, 29), at(9, 30)),
        (at(9, 30), at(9, 30)),
        (at(16, 59), at(16, 59)),
        (at(17, 0), at(9, 30, day=24)),
        (at(12, 0, day=21), at(9, 30, day=23)),
        (datetime(2026, 12, 24, 18, tzinfo=LONDON), datetime(2026, 12, 29, 9, 30, tzinfo=LONDON)),
        (datetime(2026, 7, 1, 8, 45, tzinfo=UTC), datetime(2026, 7, 1, 8, 45, tzinfo=UTC)),
    ],
)
def test_messages_go_out_in_office_hours_of_working_days(moment, opens):
    assert next_open(moment) == opens
    assert is_open(moment) == (moment == opens)


def test_nothing_handed_over_goes_after_the_office_closes():
    assert closes(at(16, 59)) == at(17, 0)


def test_every_reason_has_words():
    assert set(WORDS) == set(Why)


@pytest.mark.parametrize("code", [each for each in RULES.message_wordings if each.endswith("_text")])
def test_a_seeded_text_is_charged_once_for_long_names_too_in_all_words(code):
    link = f"https://neet.thornvale.gov.uk/answer/{'x' * 22}/"
    facts = {"first_name": "Christopher", "council": "Thorn Vale County Council", "link": link}

    wording = RULES.message_wordings[code]
    easy = wording.told(RULES.message_translations[code, "easy"])
    assert [parts(each.said(facts)[1]) for each in (wording, easy)] == [1, 1]
