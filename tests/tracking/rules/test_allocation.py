from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracking.rules.allocation import (
    A_PERSON_DECIDES,
    Answers,
    Fact,
    Facts,
    Offer,
    Rulebook,
    allocation_rule,
    decide,
    example,
    offer_rule,
    offered,
    otherwise,
    rulebooks,
)
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 11, 2))
ALLOCATION, OFFERS = tuple(RULES.allocation_rules.values()), tuple(RULES.offer_rules.values())
BOOK = Rulebook.of(ALLOCATION, OFFERS, "815")
NOVEMBER = date(2026, 11, 2)
FACTS = st.builds(
    Facts,
    st.sampled_from([11, 12, 13, 14, None]),
    st.frozensets(st.sampled_from(list(Fact))),
    st.sampled_from(["", "send", "youth-justice"]),
)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
GROUPS = [Fact.CARE_HERE, Fact.CARE_ELSEWHERE, Fact.PLAN, Fact.COURT_ORDER]
RULE = {
    "code": "own", "plain_words": "own rule", "authority": "", "order": "5", "needs": "", "none_of": "", "any_of": "",
    "year_groups": "", "first_month": "", "last_month": "", "service": "send", "insists": "N", "offer": "caseload",
}  # fmt: skip


def told(*holds, year=12, agreed=""):
    return Facts(year, frozenset(holds), agreed)


@pytest.mark.parametrize("code", sorted(RULES.allocation_examples))
def test_example_comes_out_as_it_says(code):
    found = otherwise([RULES.allocation_examples[code]], {"": BOOK})

    assert not found, [each.told({}) for each in found]


def test_an_example_that_comes_out_otherwise_is_told_in_words():
    wrong = replace(RULES.allocation_examples["in_care"], service="send", offer="minimal")

    assert [each.told({"send": "SEND"}) for each in otherwise([wrong], {"": BOOK})] == [
        "“Year 12, looked after by this council” should be: SEND. It would be: virtual-school.",
        "“Year 12, looked after by this council” should be: minimal. It would be: caseload.",
    ]


def test_an_example_of_a_council_is_asked_of_its_own_rules():
    own = allocation_rule({**RULE, "authority": "815", "order": "999"})
    theirs = example(
        {"code": "a", "plain_words": "a", "authority": "815", "facts": "year_12", "on": "2026-11-02",
         "service": "send", "offer": ""}
    )  # fmt: skip
    rules = rulebooks((*ALLOCATION, own), OFFERS, [theirs])

    assert otherwise([theirs], rules) == ()
    assert decide(told(), NOVEMBER, rules[""]).service == "neet-support"
    assert decide(told(), NOVEMBER, Rulebook.of((*ALLOCATION, own), OFFERS, "816")).service == "neet-support"


@pytest.mark.parametrize("year", range(2024, 2033))
@pytest.mark.parametrize("group", GROUPS)
def test_year_13_of_a_group_is_case_loaded_to_the_end_of_february_leap_years_too(year, group):
    last = date(year, 2, monthrange(year, 2)[1])

    assert offered(told(group, year=13), last, BOOK)[0] is Offer.CASELOAD
    assert offered(told(group, year=13), last + timedelta(days=1), BOOK)[0] is Offer.MINIMAL
    assert offered(told(group, year=12), last + timedelta(days=1), BOOK)[0] is Offer.CASELOAD
    assert offered(told(group, year=13), date(year, 9, 1), BOOK)[0] is Offer.CASELOAD
    assert offered(told(group, year=13), date(year, 8, 31), BOOK)[0] is Offer.MINIMAL


@ON_A_BUSY_MACHINE
@given(facts=FACTS, on=DAYS)
def test_what_is_offered_is_what_the_document_says(facts, on):
    in_season = on.month >= 9 or on.month <= 2
    if facts.year_group != 13 or (in_season and not facts.holds.isdisjoint(GROUPS)):
        expected = Offer.CASELOAD
    elif Fact.ASKS_FOR_SUPPORT in facts.holds:
        expected = Offer.TELEPHONE
    else:
        expected = Offer.MINIMAL

    assert offered(facts, on, BOOK)[0] is expected


@ON_A_BUSY_MACHINE
@given(facts=FACTS, on=DAYS)
def test_a_decision_is_whole(facts, on):
    said = decide(facts, on, BOOK)

    assert said.needs_a_person == (said.conflict or not said.rule)
    assert said.rule not in said.also
    if Fact.CARE_ELSEWHERE in facts.holds:
        assert said.service == "neet-support"


@ON_A_BUSY_MACHINE
@given(facts=FACTS)
def test_facts_are_written_and_read_again(facts):
    assert Facts.written(facts.words) == facts


def test_two_rules_that_insist_leave_it_to_a_person():
    said = decide(told(Fact.CARE_HERE, Fact.COURT_ORDER), NOVEMBER, BOOK)

    assert said.conflict
    assert said.needs_a_person
    assert said.rule == "care_here"
    assert "court_order" in said.also


def test_two_rules_that_insist_on_the_same_service_agree():
    assert decide(told(Fact.CARE_HERE, Fact.UNACCOMPANIED), NOVEMBER, BOOK).service == "virtual-school"


def test_a_rule_that_stands_before_those_that_insist_settles_it():
    facts = told(Fact.CARE_HERE, Fact.COURT_ORDER, Fact.PLAN, agreed="youth-justice")

    assert decide(facts, NOVEMBER, BOOK).service == "youth-justice"


def test_what_was_agreed_counts_only_for_the_service_it_names():
    facts = told(Fact.PLAN, Fact.WANTS_EDUCATION, agreed="open-access")

    assert decide(facts, NOVEMBER, BOOK).service == "send"


def test_no_rule_that_fits_leaves_it_to_a_person():
    said = decide(told(Fact.PLAN), NOVEMBER, BOOK)

    assert said.needs_a_person
    assert not said.conflict
    assert not said.rule


def test_without_offer_rules_everybody_is_case_loaded():
    assert offered(told(year=13), NOVEMBER, Rulebook(ALLOCATION, ())) == (Offer.CASELOAD, "")


def test_answers_of_a_screening_stand_in_the_place_of_older_ones():
    before = told(Fact.PLAN, Fact.WANTS_EDUCATION, agreed="send")

    now = before.answered(Answers(wants_education=False, asks_for_support=True))

    assert now == told(Fact.PLAN, Fact.NOT_EDUCATION, Fact.ASKS_FOR_SUPPORT)


def test_the_reason_of_a_rule_that_is_gone_is_its_name():
    assert BOOK.words("court_order") == "a court order"
    assert BOOK.words("gone") == "gone"


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("needs", "red_hair", "is no fact that rules know"),
        ("first_month", "13", "is no month"),
        ("service", "", "it names no service"),
        ("order", "soon", "invalid literal"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(column, value, why):
    with pytest.raises(ValueError, match=why):
        allocation_rule({**RULE, column: value})


def test_an_offer_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="gold"):
        offer_rule({**RULE, "offer": "gold"})


def test_examples_ask_for_conflicts_by_words():
    asked = [each for each in RULES.allocation_examples.values() if each.service == A_PERSON_DECIDES]

    assert {each.code for each in asked} == {"care_and_court", "plan_not_asked"}
