"""An invented council's year of returns: terms, the calendar set up, and agreements, one of which runs out soon."""

from datetime import date, timedelta

from neet.accounts.models import User
from returns.agreements.actions import add_agreement
from returns.agreements.rules import Terms
from returns.calendar.actions.terms import save_terms
from returns.calendar.actions.year import set_up_year
from returns.calendar.models import Collection
from returns.calendar.queries.year import made_from_lines, proposals
from returns.calendar.rules.school_days import Term
from returns.intake.layouts import LAYOUTS
from schools.models import Authority
from tracking.rules.academic_year import academic_year

# First and last days of six terms, as month and day; the nearest Monday after and Friday before count.
SIX = (
    ((9, 2), (10, 25)),
    ((11, 1), (12, 20)),
    ((1, 3), (2, 13)),
    ((2, 20), (3, 28)),
    ((4, 11), (5, 28)),
    ((6, 5), (7, 23)),
)
ACT = "Education and Skills Act 2008"
AGREED = (
    ("Returns of schools and colleges", "Schools and colleges of the area", "in",
     ("enrolment", "joiners_leavers", "offers", "potential_neet"), f"{ACT}, section 72", 400),
    ("Monthly return", "Department for Education", "out", ("nccis",), f"{ACT}, section 68 and guidance", 900),
    ("Looked after young people", "Virtual school", "in", ("looked_after",), "Children Act 2004, section 10", 40),
    ("Youth justice list", "Youth justice service", "in", ("youth_justice",), "Crime and Disorder Act 1998", -20),
)  # fmt: skip


def year_set_up(authority: Authority, officer: User, on: date) -> list[Collection]:
    """The running year and its terms, the next year's terms, and what is agreed with whom. What is open already."""
    running = academic_year(on)
    for year in (running, running + 1):
        save_terms(authority=authority, year=year, terms=_terms(year), by=officer)
    wanted = [each.planned for each in proposals(authority, running, on, LAYOUTS.keys()) if each.is_wanted]
    set_up_year(authority=authority, year=running, wanted=wanted, by=officer)
    for title, with_whom, direction, flows, basis, days in AGREED:
        terms = Terms(
            title, with_whom, direction, flows, basis, "To find and help young people who take no part in learning",
            authority.name, "Until the 25th birthday", None, on - timedelta(days=300), on + timedelta(days=days),
        )  # fmt: skip
        add_agreement(authority=authority, terms=terms, by=officer)
    return list(made_from_lines(authority, running).filter(published_at__isnull=False).order_by("pk"))


def _terms(year: int) -> list[Term]:
    return [
        Term(f"Term {number}", _monday(_day(year, *first)), _friday(_day(year, *last)))
        for number, (first, last) in enumerate(SIX, start=1)
    ]


def _day(year: int, month: int, day: int) -> date:
    return date(year + (month < 9), month, day)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _friday(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 4) % 7)
