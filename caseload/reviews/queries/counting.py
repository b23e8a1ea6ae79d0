"""Who has to be reviewed, who was, and how long there still is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseload.allocation.models import Case, MonthRun
from caseload.reviews.models import Review, ServiceList
from neet.statements.once import built_once
from neet.statements.parts import Ids
from neet.working_days import is_working_day, on_or_before, working_days_between


def reviewed() -> Exists:
    """Cases with a review: each month's case is another, so any review of it is this month's."""
    return Exists(Review.objects.filter(case=OuterRef("pk")))


def to_do(run: MonthRun) -> QuerySet[Case]:
    """Cases with the duty of a review that have none yet (R64)."""
    return Case.objects.to_review().filter(~reviewed(), run=run)


def unreviewed(run: MonthRun) -> dict[int, int]:
    """How many are still to be reviewed, by service; services with none are left out. One statement."""
    rows = to_do(run).order_by().values("service").annotate(number=Count("pk"))
    return {row["service"]: row["number"] for row in rows}


def latest_review(case: Case) -> Review | None:
    """What was said last of a case; None where nobody looked at it."""
    return case.reviews.select_related("reviewed_by", "recorded_for").first()


def latest_reviews(cases: Iterable[int]) -> dict[int, Review]:
    """What was said last of each of these cases, by case: one statement."""
    found = Review.objects.filter(case__in=list(cases)).order_by("case_id", "-recorded_at", "-pk")
    return {
        each.case_id: each for each in found.distinct("case_id").select_related("reviewed_by", "recorded_for")
    }


def breaches(run: MonthRun) -> QuerySet[Case]:
    """Who had to be reviewed in a month and was not: once the month is over, what is left of it."""
    return to_do(run)


def over(authority_id: int, on: date) -> QuerySet[MonthRun]:
    """The council's months whose last working day is past or that were closed, the newest first."""
    past = Q(month__lt=on) | Q(closed_at__isnull=False)
    return MonthRun.objects.filter(past, authority=authority_id).order_by("-month")


def last_day(run: MonthRun) -> date:
    """The last working day of the month: until then a review counts."""
    return on_or_before(run.month)


def days_left(run: MonthRun, on: date) -> int:
    """Working days left to review, the day itself included; none once the last one is over."""
    last = last_day(run)
    return 0 if on > last else working_days_between(on, last) + is_working_day(on)


@dataclass(frozen=True)
class Standing:
    """How one service stands with its list of the month."""

    service_id: int
    service: str
    cases: int
    duty: int
    left: int
    lists: int
    acknowledged: int
    nudged_today: bool

    @property
    def done(self) -> int:
        return self.duty - self.left

    @property
    def may_nudge(self) -> bool:
        return bool(self.left and self.lists and not self.nudged_today)


def standing(run: MonthRun, on: date, services: Iterable[int] | None = None) -> tuple[Standing, ...]:
    """Every service that has cases this month, those with most left first; two statements. Counts only: they name
    nobody, so they are those of the whole council."""
    rows = _by_service(run.pk, None if services is None else Ids(services))
    lists = _lists(run, on)
    found = [
        Standing(
            row["service"], row["service__name"], row["cases"], row["duty"], row["left"],
            *lists.get(row["service"], (0, 0, False)),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.left, each.service)))


@built_once
def _by_service(run_id: int, services: Ids | None) -> QuerySet[Case, Any]:
    duty = Q(offer=Case.Offer.CASELOAD)
    cases = Case.objects.running().filter(run=run_id)
    if services is not None:
        cases = cases.filter(service__any=services)
    left = Count("pk", filter=duty & ~Q(reviewed()))
    counted = cases.order_by().values("service", "service__name")
    return counted.annotate(cases=Count("pk"), duty=Count("pk", filter=duty), left=left)


def _lists(run: MonthRun, on: date) -> dict[int, tuple[int, int, bool]]:
    rows = _lists_by_service(run.pk, on)
    return {row["contact__service"]: (row["lists"], row["known"], not row["open"]) for row in rows}


@built_once
def _lists_by_service(run_id: int, on: date) -> QuerySet[ServiceList, Any]:
    rows = ServiceList.objects.filter(run=run_id).order_by().values("contact__service")
    return rows.annotate(
        lists=Count("pk"),
        known=Count("pk", filter=Q(acknowledged_at__isnull=False)),
        open=Count("pk", filter=Q(nudged_at__isnull=True) | Q(nudged_at__date__lt=on)),
    )
