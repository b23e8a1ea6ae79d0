"""A month's cases counted: by service, what is to do, how far the stages have come."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from caseload.allocation.models import Case, MonthRun
from neet import working_days
from neet.accounts.models import User
from neet.statements.once import built_once
from tracking.rules.months import ReportingMonth

STATE, OFFER = Case.State, Case.Offer
DONE, NOW, TO_COME = ("Done", "good"), ("Now", "waiting"), ("To come", "plain")


@dataclass
class ServiceLine:
    """One service's cases of the month."""

    pk: int
    name: str
    cases: int = 0
    to_review: int = 0
    reviewed: int = 0
    telephone: int = 0
    minimal: int = 0
    without_worker: int = 0

    @property
    def unreviewed(self) -> int:
        return self.to_review - self.reviewed


@dataclass(frozen=True)
class StageLine:
    """A stage of the month, and where it stands today."""

    pk: int
    words: str
    starts_on: date
    ends_on: date
    standing: tuple[str, str]


@dataclass
class Counted:
    """The cases of a month that somebody sees."""

    run: MonthRun
    services: list[ServiceLine] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    late: int = 0

    @cached_property
    def everybody(self) -> int:
        """How many there are in all; one statement, where a page says so."""
        return Case.objects.filter(run=self.run).count()

    @property
    def seen(self) -> int:
        return sum(self.states.values())

    @property
    def undecided(self) -> int:
        return sum(self.states[state] for state in Case.UNDECIDED)

    @property
    def not_shown(self) -> int:
        return self.everybody - self.seen

    def total(self, name: str) -> int:
        return sum(getattr(line, name) for line in self.services)


def counted(run: MonthRun, user: User) -> Counted:
    """The month's cases this user sees, by state and service: one statement, and one where it is asked how many there
    are in all."""
    found = Counted(run)
    for row in _by_service(run.pk, user):
        found.states[row["state"]] += row["cases"]
        found.late += row["late"]
        if row["state"] == STATE.ALLOCATED:
            found.services.append(_service(row))
    return found


@built_once
def _by_service(run_id: int, user: User) -> QuerySet[Case, Any]:
    to_review = Q(offer=OFFER.CASELOAD)
    seen = Case.objects.visible_to(user).filter(run=run_id)
    counted = seen.values("state", "service", name=F("service__name")).annotate(
        cases=Count("pk", distinct=True),
        to_review=Count("pk", filter=to_review, distinct=True),
        reviewed=Count("pk", filter=to_review & Q(reviews__isnull=False), distinct=True),
        telephone=Count("pk", filter=Q(offer=OFFER.TELEPHONE), distinct=True),
        minimal=Count("pk", filter=Q(offer=OFFER.MINIMAL), distinct=True),
        without_worker=Count("pk", filter=to_review & Q(worker=None), distinct=True),
        late=Count("pk", filter=Q(is_late=True), distinct=True),
    )
    return counted.order_by("name")


def _service(row: Mapping[str, Any]) -> ServiceLine:
    counts = (
        row[name] for name in ("cases", "to_review", "reviewed", "telephone", "minimal", "without_worker")
    )
    return ServiceLine(row["service"], row["name"], *counts)


def stage_lines(run: MonthRun, on: date) -> list[StageLine]:
    """The month's stages with their days: one statement."""
    return [
        StageLine(each.pk, each.words, each.starts_on, each.ends_on, _standing(each, on))
        for each in run.stages.all()
    ]


def _standing(stage: Any, on: date) -> tuple[str, str]:
    if on < stage.starts_on:
        return TO_COME
    return DONE if on > stage.ends_on else NOW


def days_left(run: MonthRun, on: date) -> int:
    """How many working days of the month are left, the day itself counted."""
    days = (ReportingMonth(run.month).ends_on - on).days
    return sum(working_days.is_working_day(date.fromordinal(on.toordinal() + n)) for n in range(days + 1))


def left_since(run: MonthRun, user: User) -> tuple[MonthRun | None, int, int]:
    """The month before, and how many of its cases that this user sees moved on or are not on this month's list for
    another reason: two statements."""
    before = MonthRun.objects.filter(authority=run.authority_id, month__lt=run.month).first()
    if before is None:
        return None, 0, 0
    here = run.cases.values("person")
    gone = Case.objects.visible_to(user).filter(run=before).exclude(person__in=here)
    row = gone.aggregate(started=Count("pk", filter=Q(state=STATE.MOVED_ON)), all=Count("pk"))
    return before, row["started"], row["all"] - row["started"]
