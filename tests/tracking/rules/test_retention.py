"""How long records are kept: whose rule it is, the day it counts from, the day it is over."""

from dataclasses import replace
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as some

from tracking.rules.retention import (
    Kept,
    RecordClass,
    due_until,
    over,
    retention_rule,
    rules_of,
    upper_age_on,
)
from tracking.rules.ruleset import RuleSet

ON = date(2026, 11, 22)
RULES = RuleSet.from_csv(ON)
ROW = {
    "code": "person", "plain_words": "Past the age", "authority": "", "record_class": "young_person",
    "applies_to": "", "clock": "upper_age", "archive_months": "12", "erase_months": "36", "why": "Law",
}  # fmt: skip
QUIET = Kept(date(2005, 5, 1), has_plan=False, left_on=None, last_on=date(2022, 6, 30))


def found(kept: Kept):
    return over(kept, rules_of(RULES.retention_rules.values(), "886"), RULES.limits)


@pytest.mark.parametrize(
    ("born_on", "has_plan", "ends_on"),
    [
        (date(2005, 8, 31), False, date(2023, 8, 31)),
        (date(2005, 9, 1), False, date(2024, 8, 31)),
        (date(2004, 2, 29), False, date(2022, 8, 31)),
        (date(2005, 8, 31), True, date(2030, 8, 31)),
        (date(2005, 9, 1), True, date(2031, 8, 31)),
    ],
)
def test_the_age_runs_out_with_a_school_year(born_on, has_plan, ends_on):
    assert upper_age_on(born_on, has_plan, RULES.limits) == ends_on


def test_whoever_is_past_the_age_is_archived_and_then_erased():
    assert (found(QUIET).rule, found(QUIET).archived_on, found(QUIET).erased_on) == (
        "person", date(2024, 8, 31), date(2026, 8, 31),
    )  # fmt: skip


def test_what_was_recorded_later_keeps_a_record_longer():
    later = found(replace(QUIET, last_on=date(2024, 2, 29)))

    assert (later.rule, later.erased_on) == ("person_quiet", date(2027, 2, 28))


def test_care_leavers_are_kept_longer_than_everybody():
    assert found(replace(QUIET, traits=frozenset({"160"}))).erased_on == date(2030, 8, 31)


def test_whoever_left_goes_by_the_day_they_left_and_of_two_circumstances_the_longest_wins():
    left = replace(QUIET, born_on=date(2010, 1, 1), left_on=date(2023, 1, 31), traits=frozenset({"left"}))

    assert found(left).erased_on == date(2026, 1, 31)
    assert found(replace(left, traits=frozenset({"left", "110"}))).rule == "looked_after"


def test_without_a_birth_date_the_last_record_counts():
    assert found(replace(QUIET, born_on=None)).erased_on == date(2025, 6, 30)


# For whom, from when, how many years, as the notice tells it. Of several lines the longest holds; whoever is in one of
# the lines below the first two goes by those.
EVERYBODY, LEFT, CARE_LEAVER, LOOKED_AFTER = "everybody", "left the cohort", "care leaver", "looked after"
KEPT_FOR = (
    (EVERYBODY, "end of the last school year of their age", 3),
    (EVERYBODY, "last thing recorded", 3),
    (LEFT, "day they left", 3),
    (LEFT, "last thing recorded", 3),
    (CARE_LEAVER, "end of the last school year of their age", 7),
    (LOOKED_AFTER, "end of the last school year of their age", 7),
)
TRAITS = {LEFT: "left", CARE_LEAVER: "160", LOOKED_AFTER: "110"}
SOME_DAYS = some.dates(date(2015, 1, 1), date(2026, 11, 22))


@given(
    born_on=some.dates(date(1996, 1, 1), date(2012, 12, 31)),
    has_plan=some.booleans(),
    left_on=SOME_DAYS,
    last_on=SOME_DAYS,
    who=some.sets(some.sampled_from(sorted(TRAITS))),
)
def test_a_record_is_kept_as_long_as_the_longest_line_of_the_table_says(
    born_on, has_plan, left_on, last_on, who
):
    kept = Kept(
        born_on, has_plan, left_on if LEFT in who else None, last_on, frozenset(TRAITS[each] for each in who)
    )
    last_age = 24 if has_plan else 17
    days = {
        "end of the last school year of their age": date(
            born_on.year + last_age + (born_on.month >= 9) + 1, 8, 31
        ),
        "last thing recorded": last_on,
        "day they left": left_on,
    }
    lines = [line for line in KEPT_FOR if line[0] in (who or {EVERYBODY})]

    over_on = found(kept)

    assert over_on.erased_on == max(days[since] + relativedelta(years=years) for _, since, years in lines)
    assert over_on.archived_on < over_on.erased_on


def test_a_council_that_has_rules_of_its_own_goes_by_them():
    own = retention_rule({**ROW, "code": "ours", "authority": "886", "erase_months": ""})
    both = (*RULES.retention_rules.values(), own)

    assert over(QUIET, rules_of(both, "886"), RULES.limits).erased_on is None
    assert over(QUIET, rules_of(both, "999"), RULES.limits).rule == "person"
    assert len(rules_of(both, "886")) < len(rules_of(both, "999"))


def test_what_was_made_is_over_after_its_months():
    letters = RULES.retention_rules["letter_files"]

    assert due_until(letters, date(2026, 8, 31)) == date(2026, 2, 28)
    assert due_until(RULES.retention_rules["trail"], ON) is None


def test_every_class_has_words_and_a_rule():
    assert {rule.record_class for rule in RULES.retention_rules.values()} == set(RecordClass)
    assert all(each.words for each in RecordClass)


@pytest.mark.parametrize(
    "wrong",
    [
        {"clock": "made"},
        {"record_class": "notes"},
        {"record_class": "trail", "clock": "made"},
        {"archive_months": "37"},
        {"erase_months": "0"},
    ],
)
def test_a_rule_that_cannot_be_kept_says_so(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        retention_rule({**ROW, **wrong})
