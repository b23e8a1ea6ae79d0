"""The stages of a month on their working days."""

from datetime import date

import pytest

from caseload.allocation.rules import SEVERAL, SIMPLE, Planned, stages
from neet.working_days import is_working_day
from tracking.rules.months import ReportingMonth

NOVEMBER, DECEMBER, FEBRUARY = (
    ReportingMonth.of(date(*day)) for day in ((2026, 11, 1), (2026, 12, 1), (2027, 2, 1))
)


def test_the_usual_stages_of_a_month():
    found = list(stages(SEVERAL, DECEMBER))

    assert [(each.words, each.starts_on, each.ends_on) for each in found] == [
        ("Tracking and screening", date(2026, 11, 2), date(2026, 11, 30)),
        ("Allocate and hand the lists out", date(2026, 12, 1), date(2026, 12, 7)),
        ("Review and update", date(2026, 12, 8), date(2026, 12, 21)),
        ("Meeting about those with EHC plans", date(2026, 12, 23), date(2026, 12, 31)),
        ("Meeting of all agencies", date(2026, 12, 23), date(2026, 12, 31)),
    ]


def test_what_comes_every_second_month_is_left_out_of_the_others():
    assert "Meeting of all agencies" not in [each.words for each in stages(SEVERAL, NOVEMBER)]


def test_the_simple_shape_has_one_meeting():
    assert [each.words for each in stages(SIMPLE, NOVEMBER)].count("Meeting") == 1


@pytest.mark.parametrize("year", range(2024, 2030))
def test_every_stage_of_every_month_has_working_days_and_ends_after_it_begins(year):
    for number in range(1, 13):
        for plan in (SEVERAL, SIMPLE):
            for each in stages(plan, ReportingMonth.of(date(year, number, 1))):
                assert each.starts_on <= each.ends_on
                assert is_working_day(each.starts_on)
                assert is_working_day(each.ends_on)


def test_a_stage_that_would_end_before_it_begins_is_its_first_day():
    (only,) = stages([Planned("Turned round", 10, 2)], NOVEMBER)

    assert only.starts_on == only.ends_on == date(2026, 11, 13)
