"""A service's list of the month, in the order of the work, and who it is handed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as When_
from django.db.models import F, Q, QuerySet, Value, When

from caseload.allocation.models import Case, MonthRun
from caseload.reviews.models import ListContact, Review, ServiceList
from caseload.reviews.queries.counting import latest_reviews, reviewed
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from schools.models import Membership, Service
from tracking.register.models import Residence
from tracking.register.queries.register import Line, lines_by_key
from tracking.rules.allocation import Fact

TO_REVIEW, REVIEWED, EVERYBODY, BREACH = "to_review", "reviewed", "everybody", "breach"
LONG_NEET_MONTHS = 6
LONG_NEET_DAYS = 183


def own_services(user: User) -> list[int]:
    """The services for which this user works on cases."""
    places = scope_of(user).where(Permission.CASE_WORK)
    return sorted({each.service_id for each in places if each.service_id})


def may_list(user: User, authority_id: int) -> QuerySet[Service]:
    """The services whose lists this user opens: their own; all of the council's for whoever works for no service."""
    found = Service.objects.filter(authority=authority_id)
    mine = own_services(user)
    return found.filter(pk__in=mine) if mine else found


def workers_of(services: Iterable[int]) -> QuerySet[User]:
    """Those who work on cases for these services today."""
    roles = [slug for slug, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    held = Membership.objects.running(clock.today()).filter(service__in=list(services), role__in=roles)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to: how cases stand, of which service, only one's own, only those with a plan."""

    state: str = EVERYBODY
    service: int | None = None
    mine: bool = False
    plan: bool = False


def cases_on(run: MonthRun, user: User, wanted: Wanted = Wanted()) -> QuerySet[Case]:
    """The month's cases of one's services (of all, for whoever works for none) that one sees, with `needs`: whether a
    review is due."""
    found = Case.objects.visible_to(user).running().filter(run=run)
    if mine := own_services(user):
        found = found.filter(service__in=mine)
    due = When_(When(Q(offer=Case.Offer.CASELOAD) & ~reviewed(), then=Value(0)), default=Value(1))
    found = found.annotate(needs=due).filter(_narrowed(wanted, user))
    return found.filter(needs=0) if wanted.state in (TO_REVIEW, BREACH) else found


def _narrowed(wanted: Wanted, user: User) -> Q:
    condition = Q()
    if wanted.state == REVIEWED:
        condition &= Q(reviewed())
    if wanted.service:
        condition &= Q(service=wanted.service)
    if wanted.mine:
        condition &= Q(worker=user)
    if wanted.plan:
        condition &= Q(facts__contains=[str(Fact.PLAN)])
    return condition


ORDER = ("needs", F("neet_since").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class CaseLine:
    """One case of a list: the young person as the reader sees them, and what was said last."""

    pk: int
    person: Line
    service: str
    worker: str
    offer: str
    has_duty: bool
    neet_since: date | None
    is_long: bool
    is_late_addition: bool
    last: Review | None

    @property
    def needs_review(self) -> bool:
        return self.has_duty and self.last is None


def case_lines(cases: Iterable[Case], user: User, on: date) -> tuple[CaseLine, ...]:
    """These cases as lines, in their order: two statements."""
    rows = list(cases)
    people = lines_by_key((each.person_id for each in rows), user, on)
    said = latest_reviews([each.pk for each in rows]) if rows else {}
    return tuple(_case_line(each, people[each.person_id], said.get(each.pk), on) for each in rows)


def _case_line(case: Case, person: Line, last: Review | None, on: date) -> CaseLine:
    since = case.neet_since
    return CaseLine(
        pk=case.pk,
        person=person,
        service=case.service.short_name if case.service else "",
        worker=case.worker.name if case.worker else "",
        offer=case.get_offer_display(),
        has_duty=case.offer == Case.Offer.CASELOAD,
        neet_since=since,
        is_long=since is not None and (on - since).days >= LONG_NEET_DAYS,
        is_late_addition=case.is_late,
        last=last,
    )


def next_to_review(run: MonthRun, user: User, without: int = 0) -> Case | None:
    """The case at the top of the list that still needs a review."""
    return cases_on(run, user, Wanted(TO_REVIEW)).exclude(pk=without).order_by(*ORDER).first()


def lists_of(user: User, run: MonthRun) -> QuerySet[ServiceList]:
    """The lists of a month that were handed to this user, or to somebody they stand in for."""
    found = ServiceList.objects.filter(Q(contact__user=user) | Q(contact__deputy=user), run=run)
    return found.select_related("contact__service", "contact__district", "contact__user")


def contacts_of(authority_id: int, on: date) -> QuerySet[ListContact]:
    """Who receives lists today."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    found = ListContact.objects.filter(running, authority=authority_id, starts_on__lte=on)
    return found.select_related("service", "district", "user", "deputy").order_by("service__name", "pk")


def people_on_lists(run: MonthRun) -> dict[tuple[int, int | None], int]:
    """How many cases each service has this month, in all (None) and by the district they live in: one statement."""
    lives = Residence.objects.filter(ends_on=None).values("person", "district")
    where = {row["person"]: row["district"] for row in lives.filter(person__cases__run=run)}
    counted: dict[tuple[int, int | None], int] = {}
    for service, person in Case.objects.running().filter(run=run).values_list("service", "person"):
        for key in {(service, None), (service, where.get(person))}:
            counted[key] = counted.get(key, 0) + 1
    return counted
