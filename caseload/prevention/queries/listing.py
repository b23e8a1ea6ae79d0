"""The at-risk list: who stands on it, narrowed as asked, with what the reader may read of each."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from caseload.prevention.models import AtRisk
from caseload.prevention.queries.offers import NOT_DUE, Offered, offers_of, without_offer
from caseload.prevention.queries.reasons import Shown, Wording
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.columns import asker, contact_points, objection_in_force, open_on
from tracking.register.models import ContactPoint, Residence, Responsibility, YoungPerson
from tracking.register.queries.register import Line, lines_by_key
from tracking.register.queries.standing import standing_as
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range
from tracking.rules.codes import Status

OPEN, ENDED, ALL = "open", "ended", "all"
ME, NOBODY = "me", "none"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; nothing said means everybody at risk now."""

    state: str = OPEN
    year: int | None = None
    district: int | None = None
    school: int | None = None
    service: int | None = None
    worker: str = ""
    reason: str = ""
    said_by: str = ""
    offer: str = ""
    status: str = ""


def at_risk_seen_by(user: User) -> QuerySet[AtRisk]:
    """Entries about young people this user sees."""
    visible = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    return AtRisk.objects.filter(Exists(visible))


def on_the_list(user: User, wanted: Wanted, on: date) -> QuerySet[AtRisk]:
    """Those wanted, unordered. A reason the reader is not told finds nobody."""
    found = at_risk_seen_by(user)
    for name, condition in CONDITIONS.items():
        if value := getattr(wanted, name):
            found = found.filter(condition(value, user, on))
    return found


def _state(value: str, user: User, on: date) -> Q:
    return {OPEN: Q(ends_on=None), ENDED: Q(ends_on__isnull=False)}.get(value, Q())


def _year(value: int, user: User, on: date) -> Q:
    return Q(person__date_of_birth__range=birth_range(value + AGE_ABOVE_YEAR_GROUP, on))


def _district(value: int, user: User, on: date) -> Q:
    return Q(Exists(Residence.objects.filter(person=OuterRef("person"), ends_on=None, district=value)))


def _school(value: int, user: User, on: date) -> Q:
    return Q(establishment=value) | Q(person__situation__activity__establishment=value)


def _worker(value: str, user: User, on: date) -> Q:
    return Q(worker=user) if value == ME else Q(worker=None)


def _reason(value: str, user: User, on: date) -> Q:
    if not Wording(user, on).told(value):
        return Q(pk__in=[])
    return Q(reasons__contains=[value]) & ~_withheld(on)


def _status(value: str, user: User, on: date) -> Q:
    people = YoungPerson.objects.filter(standing_as(Status(value), ruleset(on), on))
    return Q(Exists(people.filter(pk=OuterRef("person"))))


def taken_over(services: Collection[int], on: date) -> Q:
    """Young people who were handed over to a service, one of these where any are named, that still leads for them: its
    own people follow them up and nobody else does (R74)."""
    handed = AtRisk.objects.filter(
        person=OuterRef("pk"),
        ended=AtRisk.Ended.HANDED_OVER,
        person__responsibilities__kind=Responsibility.Kind.LEAD,
        person__responsibilities__ends_on=None,
        person__responsibilities__service=F("service"),
    )
    return Q(Exists(handed.filter(service__in=services) if services else handed))


def withheld(on: date) -> Exists:
    """The same for an entry that a query asks about."""
    return Exists(AtRisk.objects.filter(_withheld(on), pk=OuterRef("pk")))


def _withheld(on: date) -> Q:
    """What a school said about somebody who objects to its passing on more than the law asks."""
    return Q(establishment__isnull=False) & Q(objection_in_force(on, "person"))


CONDITIONS: Mapping[str, Callable[..., Q]] = {
    "state": _state,
    "year": _year,
    "district": _district,
    "school": _school,
    "service": lambda value, user, on: Q(service=value),
    "worker": _worker,
    "reason": _reason,
    "said_by": lambda value, user, on: Q(said_by=value),
    "offer": lambda value, user, on: without_offer(on),
    "status": _status,
}


@dataclass(frozen=True)
class RiskLine:
    """One entry of the list as the reader sees it."""

    entry: AtRisk
    person: Line
    reasons: Shown
    words: str
    offer: Offered
    contact: str

    @property
    def pk(self) -> int:
        return self.entry.pk


def risk_lines(entries: QuerySet[AtRisk], user: User, on: date) -> tuple[RiskLine, ...]:
    """These entries as lines, in their order: four statements."""
    rows = list(
        entries.select_related("person", "establishment", "service", "worker", "entered_by").annotate(
            withheld=withheld(on)
        )
    )
    ids = [each.person_id for each in rows]
    people = lines_by_key(ids, user, on)
    offers = offers_of([each.person for each in rows], on)
    numbers = contacts_of(ids, user, on)
    wording = Wording(user, on)
    return tuple(
        RiskLine(
            entry=each,
            person=people[each.person_id],
            reasons=Shown() if each.withheld else wording.of(each.reasons),
            words="" if each.withheld else each.words,
            offer=offers.get(each.person_id, NOT_DUE),
            contact=numbers.get(each.person_id, ""),
        )
        for each in rows
    )


def contacts_of(people: Iterable[int], user: User, on: date) -> dict[int, str]:
    """One way to reach each of them, the young person's own telephone first; nothing where the reader reads none."""
    usable = ContactPoint.objects.filter(
        contact_points(asker(user, on)), open_on(on), person__in=list(people), do_not_use=False
    )
    found: dict[int, str] = {}
    for each in sorted(usable, key=_nearest):
        whose = (
            "" if each.whose == ContactPoint.Whose.YOUNG_PERSON else f" ({each.get_whose_display().lower()})"
        )
        found.setdefault(each.person_id, f"{each.value}{whose}")
    return found


def _nearest(each: ContactPoint) -> tuple[bool, bool, int]:
    return each.kind == ContactPoint.Kind.EMAIL, each.whose != ContactPoint.Whose.YOUNG_PERSON, each.pk
