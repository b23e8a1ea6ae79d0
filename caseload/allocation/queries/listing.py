"""A month's cases as a list: filtered, sorted, a page of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries.wording import Reasons
from neet.accounts.models import User
from neet.ui.listing import Listing
from tracking.register.models import Residence

TONES: Mapping[str, str] = MappingProxyType(
    {
        Case.State.ALLOCATED: "good",
        Case.State.CONFLICT: "bad",
        Case.State.NO_RULE: "attention",
        Case.State.MOVED_ON: "plain",
        Case.State.HANDED_BACK: "plain",
    }
)
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("person__family_name", "person__given_name", "pk"),
        "service": ("service__name", "person__family_name", "person__given_name", "pk"),
        "since": ("neet_since", "person__family_name", "person__given_name", "pk"),
        "worker": ("worker__name", "person__family_name", "person__given_name", "pk"),
    }
)
GOING_ON = "going_on"
UNDECIDED = "undecided"


@dataclass(frozen=True)
class Wanted:
    """What a list of cases may be narrowed to."""

    run: MonthRun
    service: int | None = None
    state: str = GOING_ON
    offer: str = ""
    worker: str = ""
    district: int | None = None
    reviewed: str = ""
    late: bool = False


@dataclass(frozen=True)
class CaseLine:
    """One case as a list shows it."""

    case: Case
    why: str
    district: str
    reviewed: bool

    @property
    def tone(self) -> str:
        return TONES[self.case.state]

    @property
    def is_to_review(self) -> bool:
        return self.may_be_ticked and self.case.offer == Case.Offer.CASELOAD

    @property
    def may_be_ticked(self) -> bool:
        return self.case.state == Case.State.ALLOCATED


@dataclass(frozen=True)
class CasePage:
    lines: list[CaseLine]
    listing: Listing


def wanted_cases(user: User, wanted: Wanted) -> QuerySet[Case]:
    """The cases of a month this user sees, narrowed down."""
    found = Case.objects.visible_to(user).filter(_state(wanted.state), run=wanted.run)
    if wanted.service:
        found = found.filter(service=wanted.service)
    if wanted.offer:
        found = found.filter(offer=wanted.offer)
    if wanted.worker:
        found = found.filter(worker=user if wanted.worker == "me" else None)
    if wanted.district:
        here = Residence.objects.filter(person=OuterRef("person"), ends_on=None, district=wanted.district)
        found = found.filter(Exists(here))
    if wanted.reviewed:
        found = found.filter(reviews__isnull=wanted.reviewed == "no").distinct()
    return found.filter(is_late=True) if wanted.late else found


def case_page(user: User, wanted: Wanted, listing: Listing, on: date) -> CasePage:
    """A page of the list: two statements."""
    found = wanted_cases(user, wanted)
    listing = listing.counted(found.count())
    home = Residence.objects.filter(person=OuterRef("person"), ends_on=None)
    rows = (
        found.select_related("person", "service", "worker")
        .annotate(
            district_name=Subquery(home.values("district__name")[:1]),
            is_reviewed=Exists(Case.objects.filter(pk=OuterRef("pk"), reviews__isnull=False)),
        )
        .order_by(*listing.order_by)
    )
    reasons = Reasons(wanted.run.authority, user, on)
    lines = [
        CaseLine(each, reasons.of_case(each), each.district_name or "", each.is_reviewed)
        for each in rows[listing.start : listing.stop]
    ]
    return CasePage(lines, listing)


def _state(state: str) -> Q:
    if state == GOING_ON:
        return Q(state__in=[Case.State.ALLOCATED, *Case.UNDECIDED])
    if state == UNDECIDED:
        return Q(state__in=Case.UNDECIDED)
    return Q(state=state) if state else Q()
