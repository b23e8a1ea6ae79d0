"""Inventing the reports of the last months, as an officer made them for the meetings."""

from datetime import date

from caseload.reports.actions.making import make
from caseload.reports.catalogue import BOARD, CONVERSATION, DEEP_DIVE, MONTHLY, PROGRESS, SERVICES
from caseload.reports.models import MadeReport
from caseload.reports.queries.made import months_of
from caseload.reports.queries.places import all_of
from caseload.reports.statements import Wanted
from neet.accounts.models import User
from neet.working_days import working_day_of
from schools.models import Authority
from tracking.rules.months import ReportingMonth

MONTHS, DISTRICTS = 2, 2
JANUARY = 1


def reported(authority: Authority, officer: User, on: date) -> None:
    """Of the whole council the monthly report of the last months, the deep dive of the last January, and what the last
    month's meetings look at; of the first districts their board."""
    council, *places = all_of(authority)
    kept = months_of(authority.pk, on)[1:]
    januaries = [month for month in kept if month.ends_on.month == JANUARY]
    wanted = [(MONTHLY, month) for month in kept[:MONTHS]] + [(DEEP_DIVE, month) for month in januaries[:1]]
    asked = [Wanted(report, authority, month, council) for report, month in wanted]
    asked += [
        Wanted(each, authority, kept[0], council) for each in (SERVICES, PROGRESS, CONVERSATION) if kept
    ]
    districts = [each for each in places if each.district][:DISTRICTS]
    asked += [Wanted(BOARD, authority, kept[0], each) for each in districts if kept]
    for each in asked:
        _made_then(make(wanted=each, by=officer), each.month)


def _made_then(made: MadeReport, month: ReportingMonth) -> None:
    """It was made on the fifth working day of the month after."""
    day = working_day_of(month.after.ends_on, 5)
    MadeReport.objects.filter(pk=made.pk).update(
        made_at=made.made_at.replace(year=day.year, month=day.month, day=day.day, hour=10)
    )
