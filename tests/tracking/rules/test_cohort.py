"""Who is in the cohort, and why: the boundary days of birth, of leaving and of the academic year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.academic_year import academic_age, academic_year, starts_on
from tracking.rules.codes import CohortKind, Status
from tracking.rules.cohort import INSIDE, OUT_BY_KIND, WORDS, CohortFacts, Reason, counts_in_rates, place_of
from tracking.rules.ruleset import RuleSet

ON = date(2026, 10, 31)
RULES = RuleSet.from_csv(ON)
BORN = date(2009, 5, 6)  # 17 in October 2026: academic age 17
births = st.dates(date(1998, 1, 1), date(2014, 12, 31))
days = st.dates(date(2024, 9, 1), date(2027, 8, 31))
letters = st.sampled_from(sorted(RULES.cohort_statuses))


@pytest.mark.parametrize(
    ("born_on", "has_plan", "reason", "is_inside", "is_measured"),
    [
        (date(2011, 9, 1), False, Reason.TOO_YOUNG, False, False),
        (date(2011, 8, 31), False, Reason.FINAL_COMPULSORY_YEAR, True, False),
        (date(2010, 9, 1), False, Reason.FINAL_COMPULSORY_YEAR, True, False),
        (date(2010, 8, 31), False, Reason.TRACKED_AGE, True, True),
        (date(2008, 9, 1), False, Reason.TRACKED_AGE, True, True),
        (date(2008, 8, 31), False, Reason.NO_PLAN, False, False),
        (date(2008, 8, 31), True, Reason.WITH_PLAN, True, False),
        (date(2001, 9, 1), True, Reason.WITH_PLAN, True, False),
        (date(2001, 8, 31), True, Reason.TOO_OLD, False, False),
    ],
)
def test_place_by_academic_age_and_plan(born_on, has_plan, reason, is_inside, is_measured):
    place = place_of(CohortFacts(born_on, "P", has_plan=has_plan), RULES, ON)

    assert (place.reason, place.is_inside, place.is_measured) == (reason, is_inside, is_measured)


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("T", Reason.MOVED_COUNCIL),
        ("E", Reason.LEFT_ENGLAND),
        ("D", Reason.DECEASED),
        ("M", Reason.MERGED),
        ("A", Reason.AGED_OUT),
        ("L", Reason.PLAN_ENDED),
        ("G", Reason.GUARANTEE_ONLY),
    ],
)
def test_place_of_a_leaver_ends_on_the_day_of_leaving(letter, reason):
    day_before, day, unsaid = (CohortFacts(BORN, letter, since) for since in (ON + timedelta(1), ON, None))

    assert place_of(day_before, RULES, ON).reason is Reason.TRACKED_AGE
    assert place_of(day, RULES, ON).reason is reason
    assert place_of(unsaid, RULES, ON).reason is reason


def test_place_begins_on_the_day_somebody_came():
    assert place_of(CohortFacts(BORN, "P", ON), RULES, ON).is_measured
    assert place_of(CohortFacts(BORN, "P", ON + timedelta(1)), RULES, ON).reason is Reason.NOT_YET_HERE


def test_place_without_a_birth_date_or_with_an_unknown_letter_is_outside():
    assert place_of(CohortFacts(None, "P"), RULES, ON).reason is Reason.NO_BIRTH_DATE
    assert place_of(CohortFacts(BORN, "?"), RULES, ON).reason is Reason.NO_STATUS


def test_place_changes_with_the_academic_year_and_never_on_a_birthday():
    """31 August and 1 September: Year 13 leaves, Year 11 comes in."""
    leaver, comer = CohortFacts(date(2008, 9, 1), "P"), CohortFacts(date(2011, 8, 31), "P")
    last, first = date(2027, 8, 31), date(2027, 9, 1)

    assert [place_of(leaver, RULES, day).is_measured for day in (last, first)] == [True, False]
    assert [place_of(comer, RULES, day).is_measured for day in (date(2026, 8, 31), last, first)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
def test_place_of_somebody_born_on_29_february_does_not_depend_on_leap_years(day):
    assert place_of(CohortFacts(date(2012, 2, 29), "P"), RULES, day).reason is Reason.FINAL_COMPULSORY_YEAR


def test_place_before_2016_held_two_more_ages():
    before = place_of(
        CohortFacts(date(1997, 1, 1), "P"), RuleSet.from_csv(date(2016, 3, 31)), date(2016, 3, 31)
    )

    assert (before.reason, before.is_measured) == (Reason.TRACKED_AGE, False)


def test_custody_leaves_the_number_the_rates_are_shares_of():
    place = place_of(CohortFacts(BORN, "P"), RULES, ON)

    assert counts_in_rates(place, Status.NEET)
    assert not counts_in_rates(place, Status.EXCLUDED)
    assert not counts_in_rates(place_of(CohortFacts(date(2011, 1, 1), "P"), RULES, ON), Status.NEET)


def test_every_kind_of_leaving_and_every_reason_has_words():
    assert set(OUT_BY_KIND) == set(CohortKind) - {CohortKind.PRIMARY}
    assert set(WORDS) == set(Reason)


@given(born=births, letter=letters, since=st.none() | days, plan=st.booleans(), day=days)
def test_measured_are_inside_led_here_and_16_or_17_by_academic_age(born, letter, since, plan, day):
    place = place_of(CohortFacts(born, letter, since, plan), RULES, day)

    if place.is_measured:
        assert place.reason in INSIDE
        assert academic_age(born, day) in (16, 17)
        assert letter == "P" or (since and since > day)


@given(born=births, plan=st.booleans(), day=days)
def test_a_plan_matters_from_18_to_24_only(born, plan, day):
    place = place_of(CohortFacts(born, "P", None, plan), RULES, day)

    if 18 <= academic_age(born, day) <= 24:
        assert place.is_inside == plan
    else:
        assert place == place_of(CohortFacts(born, "P", None, not plan), RULES, day)


@given(born=births, day=days)
def test_age_alone_moves_nobody_within_an_academic_year(born, day):
    facts = CohortFacts(born, "P")

    assert place_of(facts, RULES, day) == place_of(facts, RULES, starts_on(academic_year(day)))
