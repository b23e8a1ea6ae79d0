"""Which month runs, and whose cases somebody sees."""

from datetime import date

from django.db.models import QuerySet

from caseload.allocation.models import Case, CaseSettings, MonthRun
from neet.accounts.models import User
from schools.models import Authority, Service
from tracking.register.models import YoungPerson
from tracking.rules.months import ReportingMonth


def running_run(authority: Authority | int, on: date) -> MonthRun | None:
    """The month's work that is open on a day: the newest that is not closed, of this month or one before."""
    number = authority if isinstance(authority, int) else authority.pk
    return (
        MonthRun.objects.filter(authority=number, closed_at=None, month__lte=ReportingMonth.of(on).ends_on)
        .select_related("authority")
        .first()
    )


def case_of(person: YoungPerson, on: date) -> Case | None:
    """The young person's case in the newest month up to that day, closed or not; None where there is none."""
    found = Case.objects.filter(person=person, run__month__lte=ReportingMonth.of(on).ends_on)
    return found.select_related("run", "service", "worker").order_by("-run__month").first()


def cases_of_service(run: MonthRun, service: Service, user: User) -> QuerySet[Case]:
    """A service's list of the month: allocated cases that this user may see, with their young people."""
    found = Case.objects.visible_to(user).running().filter(run=run, service=service)
    return found.select_related("person", "worker", "service")


def settings_of(authority: Authority | int) -> CaseSettings:
    """How the council does its monthly work; as it comes, where nobody set anything."""
    number = authority if isinstance(authority, int) else authority.pk
    found = CaseSettings.objects.select_related("default_service").filter(authority=number).first()
    return found or CaseSettings(authority_id=number)
