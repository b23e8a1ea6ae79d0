"""The rules of letters: when one is due, what it says, what ends it."""

from datetime import date

import pytest

from tracking.rules.letters import (
    Audience,
    Closing,
    LetterFact,
    NoReply,
    Reply,
    blocks,
    letter_series,
    letter_wording,
    merged,
    series_of,
)
from tracking.rules.ruleset import RuleSet, seed_tables

RULES = RuleSet.from_csv(date(2026, 11, 22))
SERIES = {row["code"]: row for row in seed_tables()["letter_series"]}
WORDING = next(iter(seed_tables()["letter_wordings"]))


@pytest.mark.parametrize(
    ("first", "last", "day", "within"),
    [
        (9, 3, date(2026, 9, 1), True),
        (9, 3, date(2027, 3, 31), True),
        (9, 3, date(2027, 4, 1), False),
        (4, 4, date(2027, 4, 1), True),
        (7, 8, date(2027, 8, 31), True),
        (7, 8, date(2027, 9, 1), False),
    ],
)
def test_months_bound_a_letter_over_the_turn_of_the_year_too(first, last, day, within):
    assert Audience(first_month=first, last_month=last).in_season(day) is within


def test_the_reason_is_said_in_words():
    assert RULES.letter_series["home_y11_april"].audience.reason == (
        "Year 11, last known to be taught at home, no September Guarantee recorded"
    )
    assert RULES.letter_series["home_y11_september"].audience.months == "September to March"


@pytest.mark.parametrize(
    ("sent_on", "ends_on"),
    [
        (date(2026, 7, 10), date(2026, 11, 1)),
        (date(2026, 11, 1), date(2027, 11, 1)),
        (date(2026, 12, 1), date(2027, 11, 1)),
    ],
)
def test_a_letter_ends_on_the_first_closing_day_after_it(sent_on, ends_on):
    assert Closing(month=11).ends_on(sent_on) == ends_on
    assert Closing().ends_on(sent_on) is None


def test_once_a_school_year_begins_on_the_first_of_september_and_days_count_back():
    once, again = RULES.letter_series["home_y11_january"], RULES.letter_series["not_known_first"]

    assert once.quiet_since(date(2027, 1, 10)) == date(2026, 9, 1)
    assert again.quiet_since(date(2027, 1, 10)) == date(2026, 9, 13)


def test_every_letter_of_the_seed_has_a_wording_and_a_matter():
    for each in RULES.letter_series.values():
        assert (each.wording, "en") in RULES.letter_wordings
        assert each.matter in (LetterFact.TAUGHT_AT_HOME, LetterFact.NOT_KNOWN, LetterFact.NEET)


def test_a_council_s_own_letters_of_a_wording_replace_everybody_s():
    own = letter_series({**SERIES["home_y11_april"], "code": "ours", "authority": "421", "first_month": "5"})
    rules = [*RULES.letter_series.values(), own]

    ours = [each.code for each in series_of(rules, "421")]
    theirs = [each.code for each in series_of(rules, "422")]

    assert "ours" in ours
    assert "home_y11_april" not in ours
    assert "home_y11_april" in theirs
    assert "ours" not in theirs


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"needs": "happy"}, "no fact that letters know"),
        ({"first_month": "13"}, "is no month"),
        ({"wording": ""}, "names no wording"),
        ({"no_reply": "task", "reply_days": ""}, "in how many days"),
        ({"no_reply": "referral", "refers_to": ""}, "names no service"),
        ({"asks": "what_now"}, "only a letter to the young person"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_the_reason(wrong, said):
    with pytest.raises(ValueError, match=said):
        letter_series({**SERIES["home_y11_april"], **wrong})


def test_a_wording_leaves_open_only_what_can_be_filled_in():
    with pytest.raises(ValueError, match=r"\{status\} is nothing that can be filled in"):
        letter_wording({**WORDING, "letter": "You are {status}."})
    with pytest.raises(ValueError, match="says nothing"):
        letter_wording({**WORDING, "letter": " "})


def test_a_text_is_filled_in_and_falls_into_paragraphs_points_and_headings():
    text = "Dear {first_name}\n\nTell us:\n- where\r\n- since when\n\n## How\n\nRing\nor write."

    found = blocks(merged(text, {"first_name": "Ada {name}"}))

    assert [(each.kind, each.lines) for each in found] == [
        ("paragraph", ("Dear Ada {name}",)),
        ("paragraph", ("Tell us:",)),
        ("points", ("where", "since when")),
        ("heading", ("How",)),
        ("paragraph", ("Ring or write.",)),
    ]


def test_an_answer_is_due_so_many_days_after_the_letter():
    assert Reply(28, NoReply.TASK).due_on(date(2026, 10, 5)) == date(2026, 11, 2)
    assert Reply().due_on(date(2026, 10, 5)) is None
