"""The schools most of those NEET left, over chosen years, and the ones a team works with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from caseload.prevention import sql
from caseload.prevention.models import SchoolFocus
from caseload.prevention.rules import first_winter, leaving_years, year_11_ended
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.reference.queries import ruleset
from tracking.register.models import Task
from tracking.rules.academic_year import academic_year
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import share

YEARS_SHOWN = 5
AGE_IN_THE_YEAR_AFTER = 16
FEW = 30
SEPTEMBER = 9
STEP = "school_plan"


@dataclass(frozen=True)
class LeavingYear:
    """Those who left Year 11 in one summer, and the frozen month they are looked at in."""

    year: int
    freeze: int
    month: ReportingMonth

    @property
    def words(self) -> str:
        return f"Summer {self.year}, in {self.month.words}"


def years_of(authority_id: int, on: date) -> tuple[LeavingYear, ...]:
    """The leaving years there are figures for, the last one first: in January after leaving, or the newest month
    before it; never in a September, when everybody waits to be confirmed. One statement."""
    frozen = dict(Freeze.objects.filter(authority=authority_id, replaced_at=None).values_list("month", "pk"))
    found = []
    for year in leaving_years(on, YEARS_SHOWN):
        fitting = [
            each
            for each in frozen
            if year_11_ended(year) < each <= first_winter(year) and each.month != SEPTEMBER
        ]
        if fitting:
            found.append(LeavingYear(year, frozen[max(fitting)], ReportingMonth(max(fitting))))
    return tuple(found)


@dataclass(frozen=True)
class School:
    """One school's leavers of the chosen years. `place`: 1 had most NEET; schools with as many share a place."""

    pk: int
    name: str
    leavers: int
    neet: int
    not_known: int
    place: int

    @property
    def rate(self) -> float | None:
        return share(self.neet, self.leavers)

    @property
    def is_few(self) -> bool:
        """So few leavers that one more or less changes the rate by more than three in a hundred."""
        return self.leavers < FEW


def ranked(authority_id: int, years: Iterable[LeavingYear], on: date) -> tuple[School, ...]:
    """Schools by how many of their leavers of these years were NEET, most first (R73). One statement."""
    chosen = list(years)
    if not chosen:
        return ()
    asked: Mapping[str, object] = {
        "authority": authority_id,
        "freezes": [each.freeze for each in chosen],
        "months": [each.month.ends_on for each in chosen],
        "at_school": sorted(ruleset(on).activities_with(Status.COMPULSORY)),
        "age": AGE_IN_THE_YEAR_AFTER,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("schools"), asked)  # type: ignore[arg-type]  # each value is one the driver takes
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[3], -row[3] / row[2], row[1], row[0]))
    more = {row[3]: sum(other[3] > row[3] for other in rows) for row in rows}
    return tuple(
        School(pk, name, leavers, neet, not_known, more[neet] + 1)
        for pk, name, leavers, neet, not_known in rows
    )


def focus_seen_by(user: User) -> QuerySet[SchoolFocus]:
    """Schools chosen by the councils where this user works on cases or plans the year."""
    scope = scope_of(user)
    places = (*scope.where(Permission.CASE_WORK), *scope.where(Permission.PLAN_CHANGE))
    here = {each.authority_id for each in places if each.authority_id}
    return SchoolFocus.objects.filter(authority__in=here).select_related(
        "establishment", "officer", "chosen_by"
    )


def chosen_in(authority: Authority, year: int) -> QuerySet[SchoolFocus]:
    """The schools a council works with in one academic year."""
    found = SchoolFocus.objects.filter(authority=authority, academic_year=year, ended_on=None)
    return found.select_related("establishment", "officer").order_by("place", "pk")


@dataclass(frozen=True)
class Chosen:
    """A chosen school, how many steps of its plan are to do, and the next day one is due."""

    focus: SchoolFocus
    to_do: int = 0
    late: int = 0
    next_on: date | None = None


def chosen_lines(authority: Authority, on: date) -> tuple[Chosen, ...]:
    """This year's schools with what is left to do: two statements."""
    focuses = list(chosen_in(authority, academic_year(on)))
    rows = (
        Task.objects.filter(authority=authority, kind=STEP, done_at=None)
        .order_by()
        .values("cause")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)), next_on=Min("due_on"))
    )
    left: dict[int, list] = {}
    for row in rows:
        left.setdefault(focus_of(row["cause"]), []).append(row)
    return tuple(_chosen(each, left.get(each.pk, [])) for each in focuses)


def _chosen(focus: SchoolFocus, rows: list) -> Chosen:
    due = [row["next_on"] for row in rows if row["next_on"]]
    return Chosen(
        focus,
        sum(row["number"] for row in rows),
        sum(row["late"] for row in rows),
        min(due) if due else None,
    )


def cause_of(focus: SchoolFocus, number: int) -> str:
    """What ties a task to a chosen school, one for each step."""
    return f"school:{focus.pk}:{number}"


def focus_of(cause: str) -> int:
    return int(cause.split(":")[1])


def steps_of(focus: SchoolFocus) -> QuerySet[Task]:
    """The steps of a school's plan, those to do first."""
    found = Task.objects.filter(
        authority=focus.authority_id, kind=STEP, cause__startswith=f"school:{focus.pk}:"
    )
    return found.select_related("owner", "done_by").order_by("done_at", "due_on", "pk")
