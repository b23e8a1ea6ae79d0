"""Inventing the reports of the last months, as an officer made them for the meetings."""

from datetime import date

from caseload.reports.actions import make
from caseload.reports.catalogue import DEEP_DIVE, MONTHLY
from caseload.reports.models import MadeReport
from caseload.reports.queries.made import months_of
from caseload.reports.queries.places import all_of
from caseload.reports.statements import Wanted
from neet.accounts.models import User
from neet.working_days import working_day_of
from schools.models import Authority
from tracking.rules.months import ReportingMonth

MONTHS = 2
JANUARY = 1


def reported(authority: Authority, officer: User, on: date) -> None:
    """The monthly report of the last months, and the deep dive of the last January, of the whole council."""
    council, *_ = all_of(authority)
    kept = months_of(authority.pk, on)[1:]
    januaries = [month for month in kept if month.ends_on.month == JANUARY]
    wanted = [(MONTHLY, month) for month in kept[:MONTHS]] + [(DEEP_DIVE, month) for month in januaries[:1]]
    for report, month in wanted:
        made = make(wanted=Wanted(report, authority, month, council), by=officer)
        _made_then(made, month)


def _made_then(made: MadeReport, month: ReportingMonth) -> None:
    """It was made on the fifth working day of the month after."""
    day = working_day_of(month.after.ends_on, 5)
    MadeReport.objects.filter(pk=made.pk).update(
        made_at=made.made_at.replace(year=day.year, month=day.month, day=day.day, hour=10)
    )
