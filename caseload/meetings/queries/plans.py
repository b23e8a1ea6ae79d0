"""Young people with an EHC plan who are NEET, and whether their month's meeting has talked about them (R142)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from caseload.allocation.models import Case, MonthRun
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.facts import OPEN_STATES, seen_by, with_plan
from caseload.meetings.queries.places import authorities_of
from neet.accounts.models import User
from neet.ui.listing import Listing
from tracking.models import YoungPerson
from tracking.register.queries.register import Line, listed
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True)
class PlanLine:
    """Somebody with a plan who was not talked about, and whose case they are."""

    person: Line
    service: str


@dataclass(frozen=True)
class NotDiscussed:
    """One page of them, of how many with a plan, and the meeting that could still talk about them."""

    listing: Listing
    lines: tuple[PlanLine, ...]
    with_plan: int
    meeting: Meeting | None
    month: ReportingMonth | None


def not_discussed(user: User, listing: Listing, on: date) -> NotDiscussed:
    """The EHC plan cases of the month that no EHC plan meeting of that month talked about, as this user sees them."""
    run = running_run(user, on)
    if run is None:
        return NotDiscussed(listing.counted(0), (), 0, None, None)
    month = ReportingMonth(run.month)
    cases = Case.objects.filter(Exists(with_plan(on)), run=run, state__in=OPEN_STATES)
    cases = cases.filter(person__in=seen_by(user).values("pk"))
    left = cases.exclude(Exists(_talked_about(month)))
    page = listed(YoungPerson.objects.filter(pk__in=left.values("person")), user, listing, on)
    named = left.filter(person__in=[each.pk for each in page.people]).values_list(
        "person_id", "service__name"
    )
    services = {person: name or "" for person, name in named}
    lines = tuple(PlanLine(each, services[each.pk]) for each in page.people)
    return NotDiscussed(page.listing, lines, cases.count(), _next(user, on), month)


def running_run(user: User, on: date) -> MonthRun | None:
    runs = MonthRun.objects.filter(
        authority__in=authorities_of(user), month__lte=ReportingMonth.of(on).ends_on
    )
    return runs.order_by("-month").first()


def _talked_about(month: ReportingMonth) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(
        person=OuterRef("person"),
        treatment=AgendaItem.Treatment.DISCUSS,
        settled_at__isnull=False,
        meeting__type__about=MeetingType.About.EHCP,
        meeting__held_on__range=(month.starts_on, month.ends_on),
    )


def _next(user: User, on: date) -> Meeting | None:
    found = Meeting.objects.filter(
        type__authority__in=authorities_of(user), type__about=MeetingType.About.EHCP, closed_at=None
    )
    return found.filter(held_on__gte=on).select_related("type", "district").order_by("held_on").first()
