"""Addresses on envelopes, and when another service may be asked."""

from datetime import date, timedelta

import pytest

from caseload.letters.rules import CONFIRMED_FOR, MOST_LINES, Tried, address_lines, may_refer, why_not_yet
from tracking.rules.letters import NoReply, Reply

ON = date(2027, 2, 20)
REPLY = Reply(28, NoReply.REFERRAL, 3, "elective-home-education", "home_education")


def test_an_address_ends_with_town_and_postcode_and_fits_the_window():
    assert address_lines(("1 Mill Lane", "", "", ""), "Ambleford", "zz9 9zz") == (
        "1 Mill Lane",
        "AMBLEFORD",
        "ZZ9 9ZZ",
    )
    long = address_lines(
        ("Flat 1", "The Mill,", "1 Mill Lane", "Little Amble", "Ambleford"), "Ambleford", "ZZ9 9ZZ"
    )
    assert long == ("Flat 1", "The Mill", "1 Mill Lane", "Little Amble", "AMBLEFORD", "ZZ9 9ZZ")
    crowded = address_lines(tuple("abcdef"), "Ambleford", "ZZ9 9ZZ")
    assert len(crowded) == MOST_LINES
    assert crowded[3] == "d, e, f"


@pytest.mark.parametrize(
    ("letters", "attempts", "reached_on", "may", "why"),
    [
        (2, 1, ON - CONFIRMED_FOR, True, ""),
        (2, 0, ON, False, "Try once more"),
        (1, 0, ON, False, "Try 2 times more"),
        (2, 1, ON - CONFIRMED_FOR - timedelta(days=1), False, "First find out whether the address"),
        (5, 5, None, False, "First find out whether the address"),
    ],
)
def test_a_referral_needs_enough_attempts_and_a_confirmed_way_to_reach_them(
    letters, attempts, reached_on, may, why
):
    tried = Tried(letters, attempts, reached_on)

    assert may_refer(REPLY, tried, ON) is may
    assert why_not_yet(REPLY, tried, ON).startswith(why)
    assert bool(why) is not may


def test_a_letter_that_refers_nobody_never_does():
    asks_a_task = Reply(28, NoReply.TASK)

    assert not may_refer(asks_a_task, Tried(9, 9, ON), ON)
    assert why_not_yet(asks_a_task, Tried(9, 9, ON), ON) == ""
