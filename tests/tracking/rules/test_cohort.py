from datetime import date

import pytest

from tracking.rules.cohort import CohortFacts, Reason, place_of
from tracking.rules.ruleset import RuleSet

ON = date(2026, 10, 31)
RULES = RuleSet.from_csv(ON)


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
    place = place_of(CohortFacts(born_on, is_led_here=True, has_plan=has_plan), RULES, ON)

    assert (place.reason, place.is_inside, place.is_measured) == (reason, is_inside, is_measured)


def test_place_of_someone_another_council_leads_is_outside():
    place = place_of(CohortFacts(date(2009, 5, 6), is_led_here=False), RULES, ON)

    assert (place.reason, place.is_inside, place.is_measured) == (Reason.OTHER_AUTHORITY, False, False)


@pytest.mark.parametrize(
    ("died_on", "reason"), [(ON, Reason.DECEASED), (date(2026, 11, 1), Reason.TRACKED_AGE)]
)
def test_place_ends_on_the_day_of_death(died_on, reason):
    facts = CohortFacts(date(2009, 5, 6), is_led_here=True, died_on=died_on)

    assert place_of(facts, RULES, ON).reason is reason


def test_place_before_2016_held_two_more_ages():
    facts = CohortFacts(date(1997, 1, 1), is_led_here=True)

    before = place_of(facts, RuleSet.from_csv(date(2016, 3, 31)), date(2016, 3, 31))
    assert (before.reason, before.is_measured) == (Reason.TRACKED_AGE, False)
