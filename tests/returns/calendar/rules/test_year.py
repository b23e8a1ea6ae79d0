"""The days of a year's returns: the rule's day, moved off days without school, and what the year before changed."""

from dataclasses import replace
from datetime import date

import pytest

from returns.calendar.rules.school_days import SchoolDays
from returns.calendar.rules.year import Before, as_before, day_named, moved_to, planned_of
from tests.returns.calendar.rules.test_school_days import DAYS
from tracking.rules.return_calendar import (
    AsAt,
    ChannelLabel,
    DayRule,
    DueRule,
    Weekday,
    article_line,
    at_council,
    channel_label,
    return_line,
)
from tracking.rules.ruleset import RuleSet, seed_tables

LINES = RuleSet.from_csv(date(2026, 11, 22)).return_calendar
NO_TERMS = SchoolDays()
FRIDAY = Weekday.FRIDAY


def planned(code, year=2026, days=DAYS):
    return planned_of([LINES[code]], year, days)


@pytest.mark.parametrize(
    ("rule", "year", "month", "day"),
    [
        (DayRule(DueRule.DAY, 31), 2023, 3, date(2024, 3, 31)),
        (DayRule(DueRule.DAY, 31), 2026, 2, date(2027, 2, 28)),
        (DayRule(DueRule.DAY, -1), 2023, 2, date(2024, 2, 29)),
        (DayRule(DueRule.WORKING_DAY, -1), 2026, 10, date(2026, 10, 30)),
        (DayRule(DueRule.WORKING_DAY, 1), 2026, 1, date(2027, 1, 4)),
        (DayRule(DueRule.WEEKDAY, 2, FRIDAY), 2024, 9, date(2024, 9, 13)),
        (DayRule(DueRule.WEEKDAY, -1, FRIDAY), 2024, 9, date(2024, 9, 27)),
        (DayRule(DueRule.WEEKDAY, -1, FRIDAY), 2023, 4, date(2024, 4, 26)),
        (DayRule(DueRule.WEEKDAY, 5, FRIDAY), 2026, 11, date(2026, 11, 27)),
        (DayRule(DueRule.WEEKDAY_UNTIL, 15, FRIDAY), 2026, 9, date(2026, 9, 11)),
        (DayRule(DueRule.WEEKDAY_UNTIL, 11, FRIDAY), 2026, 9, date(2026, 9, 11)),
        (DayRule(DueRule.WEEKDAY_UNTIL, 1, FRIDAY), 2026, 9, date(2026, 8, 28)),
    ],
)
def test_the_day_a_rule_names(rule, year, month, day):
    assert day_named(rule, year, month) == day


def test_days_one_council_asked_for_come_out_of_the_table():
    """13 and 27 September 2024, 26 April 2024; 31 March 2024 was Easter Sunday, so the Thursday before it."""
    assert planned("enrolment_schools", 2024, NO_TERMS)[0].due_on == date(2024, 9, 13)
    assert planned("enrolment_colleges", 2024, NO_TERMS)[0].due_on == date(2024, 9, 27)
    assert planned("offers_schools", 2023, NO_TERMS)[0].due_on == date(2024, 4, 26)
    easter = planned("offers_colleges_march", 2023, NO_TERMS)[0]
    assert (easter.written_on, easter.due_on, easter.is_moved) == (date(2024, 3, 31), date(2024, 3, 28), True)


def test_joiners_and_leavers_are_asked_for_eight_times_and_never_in_the_holidays():
    found = planned("joiners_leavers_schools")

    assert [each.key.partition(":")[2] for each in found] == ["10", "11", "12", "01", "02", "03", "04", "05"]
    assert [each.due_on for each in found][:3] == [date(2026, 10, 23), date(2026, 11, 30), date(2026, 12, 18)]
    assert all(DAYS.is_school_day(each.due_on) for each in found)
    assert found[0].title == "Joiners and leavers at schools, October"


def test_colleges_are_asked_in_the_summer_holidays_all_the_same():
    assert [each.due_on for each in planned("offers_colleges")][-2:] == [date(2027, 7, 30), date(2027, 8, 31)]


def test_a_list_of_a_service_tells_of_the_month_before():
    first = planned("list_looked_after")[0]

    assert (first.as_at, first.due_on) == (date(2026, 8, 31), date(2026, 9, 7))


@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_line_gives_days_that_can_be_saved_in_every_year(year):
    for each in planned_of(LINES.values(), year, NO_TERMS):
        assert each.opens_on <= each.due_on
        assert each.as_at <= each.due_on <= each.written_on


def test_a_day_moved_by_hand_keeps_its_offset():
    usual, this = planned("enrolment_schools", 2025)[0], planned("enrolment_schools")[0]
    before = Before(usual.due_on.replace(day=usual.due_on.day + 4), usual.opens_on, (-5,))

    found = as_before(this, usual, before, DAYS)

    assert found.due_on == date(2026, 9, 15)
    assert (found.due_on - found.opens_on) == (before.due_on - before.opens_on)
    assert found.remind_days == (-5,)


def test_what_was_left_alone_follows_the_rule():
    usual, this = planned("joiners_leavers_schools", 2025)[0], planned("joiners_leavers_schools")[0]

    assert as_before(this, usual, Before(usual.due_on, usual.opens_on, usual.remind_days), DAYS) == this
    assert as_before(this, usual, None, DAYS) == this


def test_a_day_typed_stands_as_it_was_typed():
    this = planned("joiners_leavers_schools")[0]

    found = moved_to(this, date(2026, 10, 31))

    assert (found.due_on, found.as_at, found.is_moved) == (date(2026, 10, 31), date(2026, 10, 31), False)
    assert found.opens_on == date(2026, 10, 17)


def row(table, code, **changes):
    return {**next(each for each in seed_tables()[table] if each["code"] == code), **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "nothing"}, "is no kind of return"),
        ({"months": ""}, "names no months"),
        ({"months": "13"}, "names no months"),
        ({"number": "0"}, "names no day"),
        ({"number": "32"}, "names no day"),
        ({"weekday": ""}, "name a weekday"),
        ({"due": "working day of the month"}, "name a weekday"),
        ({"sender": "Virtual school"}, "say who sends it"),
        ({"asks": "somebody else"}, "say who sends it"),
        ({"opens_days": "200"}, "outside 0 to 90"),
        ({"remind_days": "-3 soon"}, "invalid literal"),
        ({"file_name": "{school}"}, "nothing is filled in"),
        ({"file_name": "{year"}, "expected"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        return_line(row("return_calendar", "enrolment_schools", **changes))


def test_a_line_is_read_with_its_own_file_name():
    line = return_line(row("return_calendar", "joiners_leavers_colleges", file_name="{short}-{month}-{year}"))

    assert line.file_name == "{short}-{month}-{year}"
    assert line.as_at is AsAt.DUE
    assert replace(line, file_name="") == LINES["joiners_leavers_colleges"]


def test_an_article_says_the_days_it_knows_and_that_others_are_open():
    line = article_line(row("articles", "article_enrolment"))

    said = line.said({"enrolment_schools": "Friday 11 September 2026"})

    assert "Schools send it by Friday 11 September 2026, colleges by (day not set yet)" in said
    with pytest.raises(ValueError, match="outside 1 to 12"):
        article_line(row("articles", "article_enrolment", month="0"))


def test_labels_of_files_name_returns_and_a_council_has_its_own():
    assert channel_label(row("channel_labels", "september_guarantee")).types[:2] == (
        "offers",
        "potential_neet",
    )
    with pytest.raises(ValueError, match="is no kind of return"):
        channel_label(row("channel_labels", "september_guarantee", types="guarantee"))
    ours, all_, theirs = (
        ChannelLabel(code, code, of, ("offers",)) for code, of in [("a", "886"), ("b", ""), ("c", "1")]
    )
    assert at_council([ours, all_, theirs], "886") == (ours, all_)
