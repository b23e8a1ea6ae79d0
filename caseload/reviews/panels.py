"""What reviews put on other pages: the list and what is left on the first page, the last words on a record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseload.allocation.models import MonthRun
from caseload.allocation.panels import MonthPanel as AllocationPanel
from caseload.allocation.panels import allocates_at, month_panel_of
from caseload.allocation.queries import running_run
from caseload.reviews.models import Review, ServiceList
from caseload.reviews.queries.counting import Standing, days_left, standing
from caseload.reviews.queries.lists import lists_of, own_services
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import Scope, scope_of
from tracking.register.queries.timeline import Happening
from tracking.rules.months import ReportingMonth

MOST, MOST_ON_RECORD = 50, 3


@dataclass(frozen=True)
class MonthPanel:
    """How the services one may know of stand with the month's reviews."""

    title: str
    month: ReportingMonth
    days_left: int
    services: tuple[Standing, ...]
    handed: tuple[ServiceList, ...]
    may_nudge: bool
    template: str = "caseload/reviews/home_panel.html"

    @property
    def left(self) -> int:
        return sum(each.left for each in self.services)

    @property
    def duty(self) -> int:
        return sum(each.duty for each in self.services)

    @property
    def is_one(self) -> bool:
        return len(self.services) == 1


def home_panel(user: User, on: date) -> MonthPanel | None:
    """For those who work on cases, while a month is open; four statements."""
    at = works_at(scope_of(user))
    run = running_run(at, on) if at else None
    return panel_of(run, user, on) if run else None


@dataclass(frozen=True)
class CasesPanels:
    """The month's cases and its reviews, read by one look at which month runs."""

    panels: tuple[AllocationPanel | MonthPanel, ...]
    template: str = "caseload/reviews/home_panels.html"


def cases_panels(user: User, on: date) -> CasesPanels | None:
    """What allocation and reviews put on a first page; four statements at most."""
    scope = scope_of(user)
    allocates, works = allocates_at(user), works_at(scope)
    if not (allocates or works):
        return None
    run = running_run(allocates or works or 0, on)
    found: list[AllocationPanel | MonthPanel] = [month_panel_of(run, user, on)] if allocates else []
    if run and works == run.authority_id:
        found.append(panel_of(run, user, on))
    return CasesPanels(tuple(found)) if found else None


def works_at(scope: Scope) -> int | None:
    """The one council where somebody works on cases."""
    here = scope.authority_ids
    return here[0] if scope.can(Permission.CASE_WORK) and len(here) == 1 else None


def panel_of(run: MonthRun, user: User, on: date) -> MonthPanel:
    mine = own_services(user)
    handed = tuple(each for each in lists_of(user, run) if each.acknowledged_at is None) if mine else ()
    title = "My service\u2019s list" if mine else "Reviews of the month"
    return MonthPanel(
        title=title,
        month=ReportingMonth(run.month),
        days_left=days_left(run, on),
        services=standing(run, on, mine or None),
        handed=handed,
        may_nudge=scope_of(user).can(Permission.ALLOCATE) and not mine,
    )


def month_panel(run: MonthRun, user: User, on: date) -> MonthPanel:
    """The counters on the month's own page; three statements."""
    return panel_of(run, user, on)


@dataclass(frozen=True)
class ReviewPanel:
    """What was said last of somebody, for every service."""

    reviews: tuple[Review, ...]
    template: str = "caseload/reviews/person_panel.html"


def of_person(person_id: int) -> tuple[Review, ...]:
    rows = Review.objects.filter(case__person=person_id)
    return tuple(rows.select_related("case__service", "case__run", "reviewed_by", "recorded_for")[:MOST])


def person_panel(person_id: int, user: User, on: date) -> ReviewPanel | None:
    """For those who work on cases, where there was a review; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    found = of_person(person_id)[:MOST_ON_RECORD]
    return ReviewPanel(found) if found else None


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each review with its line, for those who work on cases; one statement."""
    if scope_of(user).can(Permission.CASE_WORK):
        for each in of_person(person_id):
            who = each.recorded_for or each.reviewed_by
            title = f"Reviewed: {each.get_outcome_display()[:1].lower()}{each.get_outcome_display()[1:]}"
            yield Happening(title, each.recorded_at, who.name if who else "", each.words)
