"""What the month's cases put on a record and on first pages."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import running_run
from caseload.allocation.queries.month import counted
from caseload.allocation.queries.wording import Reasons
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.ui.parts import Tile
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True)
class CasePanel:
    """Somebody's case in the newest month, in words; without one, whether they could be put on the list."""

    case: Case | None
    month: ReportingMonth | None
    why: str = ""
    why_offer: str = ""
    may_decide: bool = False
    may_add: bool = False
    template: str = "caseload/allocation/person_panel.html"


def case_panel(person_id: int, user: User, on: date) -> CasePanel | None:
    """For those who work on cases; one statement, and one more where there never was a case."""
    scope = scope_of(user)
    if not scope.can(Permission.CASE_WORK):
        return None
    found = next(iter(_latest_case(person_id)), None)
    if found is None:
        return CasePanel(None, None, may_add=True) if _open_month(person_id) else None
    may_add = found.open_month not in (None, found.run_id)  # type: ignore[attr-defined]  # a column of the query
    reasons = Reasons(found.run.authority, user, on)
    return CasePanel(
        found,
        ReportingMonth(found.run.month),
        reasons.of_case(found),
        reasons.of_offer(found),
        may_decide=scope.can(Permission.ALLOCATE) and found.run.closed_at is None,
        may_add=may_add,
    )


@built_once
def _latest_case(person_id: int) -> QuerySet[Case]:
    open_month = MonthRun.objects.filter(authority=OuterRef("run__authority"), closed_at=None).order_by("pk")
    rows = Case.objects.filter(person=person_id).order_by("-run__month")
    with_month = rows.annotate(open_month=Subquery(open_month.values("pk")[:1]))
    return with_month.select_related("run__authority", "service", "worker", "decided_by")[:1]


@built_once
def _open_month(person_id: int) -> QuerySet[MonthRun]:
    return MonthRun.objects.filter(authority__young_people=person_id, closed_at=None)[:1]


@dataclass(frozen=True)
class MonthPanel:
    """The month's cases on a first page."""

    month: ReportingMonth
    tiles: tuple[Tile, ...] = ()
    template: str = "caseload/allocation/home_panel.html"


def month_panel(user: User, on: date) -> MonthPanel | None:
    """For those who allocate for a whole council or a district; two statements."""
    at = allocates_at(user)
    return month_panel_of(running_run(at, on), user, on) if at else None


def allocates_at(user: User) -> int | None:
    """The council for which, or for a district of which, this user allocates."""
    places = [place for place in scope_of(user).where(Permission.ALLOCATE) if not place.service_id]
    return places[0].authority_id if places else None


def month_panel_of(run: MonthRun | None, user: User, on: date) -> MonthPanel:
    """The same of a month that was read already; one statement."""
    if run is None:
        return MonthPanel(ReportingMonth.of(on))
    found = counted(run, user)
    undecided = found.undecided
    without = found.total("without_worker")
    tiles = (
        Tile(found.total("to_review"), "case-loaded", _list(offer=Case.Offer.CASELOAD)),
        Tile(undecided, "to be decided", reverse("undecided_cases"), "bad" if undecided else ""),
        Tile(without, "without a worker", _list(worker="none", offer=Case.Offer.CASELOAD)),
        Tile(found.states[Case.State.MOVED_ON], "no longer NEET", _list(state=Case.State.MOVED_ON)),
    )
    return MonthPanel(ReportingMonth(run.month), tiles)


def _list(**filters: str) -> str:
    return f"{reverse('case_list')}?{urlencode(filters)}"
