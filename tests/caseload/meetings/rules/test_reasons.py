"""Why somebody is on the agenda."""

from datetime import date

import pytest

from caseload.meetings.rules.reasons import WEIGHTS, WORDS, CaseFacts, Reason, in_words, reasons_of, weight

ON = date(2026, 11, 25)
R = Reason
QUIET = {"person": 1, "neet_since": date(2026, 8, 3), "heard_on": date(2026, 11, 20)}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ()),
        ({"neet_since": date(2026, 11, 1)}, (R.NEW,)),
        ({"neet_since": date(2026, 10, 31)}, ()),
        ({"neet_since": date(2026, 5, 25)}, ()),
        ({"neet_since": date(2026, 5, 24)}, (R.LONG,)),
        ({"heard_on": date(2026, 10, 28)}, ()),
        ({"heard_on": date(2026, 10, 27)}, (R.SILENT,)),
        ({"heard_on": None}, (R.SILENT,)),
        ({"has_review_duty": True}, (R.UNREVIEWED,)),
        ({"has_review_duty": True, "is_reviewed": True}, ()),
        ({"services_disagree": True}, (R.DISAGREE,)),
        ({"decisions_not_done": 2}, (R.UNDONE,)),
        ({"was_not_reached": True}, (R.NOT_REACHED,)),
        ({"is_vulnerable": True}, (R.VULNERABLE,)),
        ({"is_named": True}, (R.NAMED,)),
    ],
)
def test_each_reason_holds_on_its_day(known: dict, expected: tuple[Reason, ...]) -> None:
    assert reasons_of(CaseFacts(**{**QUIET, **known}), ON) == expected


@pytest.mark.parametrize(
    ("day", "year", "named", "is_at_risk"),
    [
        (date(2027, 2, 28), 11, True, False),
        (date(2027, 3, 1), 11, True, True),
        (date(2027, 8, 31), 11, True, True),
        (date(2027, 9, 1), 11, True, False),
        (date(2027, 3, 1), 12, True, False),
        (date(2027, 3, 1), 11, False, False),
    ],
)
def test_a_named_year_11_counts_as_at_risk_from_march(day, year, named, is_at_risk) -> None:
    facts = CaseFacts(person=1, year_group=year, is_named=named)

    on_the_list = CaseFacts(person=1, year_group=year, is_at_risk=named)
    assert (R.AT_RISK in reasons_of(facts, day)) is is_at_risk
    assert (R.AT_RISK in reasons_of(on_the_list, day)) is is_at_risk


def test_somebody_who_is_not_neet_is_neither_new_nor_silent() -> None:
    assert reasons_of(CaseFacts(person=1, is_named=True), ON) == (R.NAMED,)


def test_the_end_of_a_long_month_counts_from_the_shorter_one() -> None:
    assert R.LONG in reasons_of(CaseFacts(person=1, neet_since=date(2026, 2, 27)), date(2026, 8, 31))
    assert R.LONG not in reasons_of(CaseFacts(person=1, neet_since=date(2026, 2, 28)), date(2026, 8, 31))


def test_every_reason_has_words_and_a_weight() -> None:
    assert set(WORDS) == set(WEIGHTS) == set(Reason)


def test_a_reason_of_an_older_version_is_left_out() -> None:
    assert in_words(["new", "gone"]) == ("New this month",)
    assert weight(["gone", "new"]) == WEIGHTS["new"]
