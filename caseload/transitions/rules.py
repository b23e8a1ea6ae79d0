"""When next steps are planned, checked, asked about and confirmed: days of the academic year, which are data."""

from collections.abc import Mapping
from datetime import date

from tracking.rules.academic_year import academic_year
from tracking.rules.plan_steps import day_in

Limits = Mapping[str, int]
TERMS = ("transition_plan_term_5", "transition_plan_term_6")


def named_day(limits: Limits, name: str, year: int) -> date:
    """The day a month and day (331) fall on in an academic year: 31 March of its second half."""
    month, day = divmod(limits[name], 100)
    return day_in(year, month, day)


def planned_year(on: date) -> int:
    """The academic year that plans of this day are about: the next one."""
    return academic_year(on) + 1


def final_by(on: date, limits: Limits) -> date:
    """By when plans for the coming summer are final: before the exams (R135)."""
    return named_day(limits, "transition_plan_final_by", academic_year(on))


def checks_began(on: date, limits: Limits) -> date | None:
    """Since when final plans are to be checked in the term that runs; None before term 5 (R135)."""
    begun = [day for name in TERMS if (day := named_day(limits, name, academic_year(on))) <= on]
    return max(begun, default=None)


def asks_who_started(on: date, limits: Limits) -> bool:
    """Whether services ask these days if somebody started as planned (R136)."""
    return _within(on, limits, "start_checked")


def confirms_cohort(on: date, limits: Limits) -> bool:
    """Whether services say these days who is still theirs (R141)."""
    return _within(on, limits, "cohort_confirmed")


def cohort_days(on: date, limits: Limits) -> tuple[date, date]:
    """From when until when they say so in this academic year."""
    year = academic_year(on)
    return (
        named_day(limits, "cohort_confirmed_from", year),
        named_day(limits, "cohort_confirmed_until", year),
    )


def _within(on: date, limits: Limits, what: str) -> bool:
    year = academic_year(on)
    return named_day(limits, f"{what}_from", year) <= on <= named_day(limits, f"{what}_until", year)
