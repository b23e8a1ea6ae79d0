"""Who of an audience gets a message, by which number, and why the others get none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.module_loading import import_string

from caseload.chase.queries.waiting import awaited_returns, waits_for
from caseload.messaging.models import BatchMessage, OptOut
from caseload.messaging.rules import Why
from neet.clock import LONDON
from neet.messages.models import Message
from neet.messages.queries import stopped
from neet.messages.rules import mobile
from schools.models import Authority, District
from tracking.register.columns import objection_in_force, open_on
from tracking.register.models import ContactPoint, YoungPerson
from tracking.rights.queries.limits import use_is_limited
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range

DISTRICT, YEAR_GROUP = "district", "year_group"
# What a list is narrowed to in words, where whoever made it knows better than the pages of messages.
NAMED = "named"


@dataclass(frozen=True, slots=True)
class Look:
    """For which council, way and day, how long nobody gets a second message, and which batch does not count."""

    authority: Authority
    channel: str
    on: date
    quiet_days: int
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """One young person of an audience: the number or address, or why none is written to."""

    person_id: int
    why: str = ""
    point: int | None = None
    value: str = ""


def audience_of(
    authority: Authority, audience: str, narrowed: Mapping[str, Any], on: date
) -> QuerySet[YoungPerson]:
    """Everybody an audience names in a council, narrowed to a district or a year group where that is wanted.
    Raises LookupError for one nobody registered."""
    if audience not in settings.AUDIENCES:
        raise LookupError(f"{audience} is not in AUDIENCES")
    named = import_string(settings.AUDIENCES[audience]["people"])(authority, narrowed, on)
    people = YoungPerson.objects.of(authority).filter(pk__in=named.order_by().values("pk"))
    if narrowed.get(DISTRICT):
        people = people.living_in(District(pk=narrowed[DISTRICT]))
    if narrowed.get(YEAR_GROUP):
        born = birth_range(int(narrowed[YEAR_GROUP]) + AGE_ABOVE_YEAR_GROUP, on)
        people = people.filter(date_of_birth__range=born)
    return people


def chosen(people: QuerySet[YoungPerson], look: Look, most: int) -> list[Chosen]:
    """Everybody of these, those written to least lately first; no more than `most` get a message. Four statements,
    however many."""
    rows: list[tuple[int, str]] = list(_judged(people, look))
    points = _points(people, look)
    picked = [Chosen(pk, why=why) if why else _picked(pk, points[pk], look.channel) for pk, why in rows]
    return _capped(_once_a_number(_without_stopped(picked)), most)


def _judged(people: QuerySet[YoungPerson], look: Look) -> QuerySet[Any, Any]:
    """The keys of these people, each with the reason that lies in themselves, those not written to lately first."""
    own = OptOut.objects.filter(Q(channel="") | Q(channel=look.channel), person=OuterRef("pk"), ended_at=None)
    sent = BatchMessage.objects.filter(
        person=OuterRef("pk"), state=BatchMessage.State.HANDED_OVER, handed_over_at__isnull=False
    ).exclude(batch=look.batch)
    quiet = datetime.combine(look.on - timedelta(days=look.quiet_days), time(), LONDON)
    returns = awaited_returns([look.authority.pk], look.on)
    why = Case(
        When(restricted_on__isnull=False, then=Value(Why.RESTRICTED)),
        When(use_is_limited(), then=Value(Why.USE_LIMITED)),
        When(Exists(own), then=Value(Why.OPTED_OUT)),
        When(waits_for(returns, look.on), then=Value(Why.WAITS)),
        When(Exists(sent.filter(handed_over_at__gt=quiet)), then=Value(Why.LATELY)),
        default=Value(""),
        output_field=CharField(),
    )
    last = Subquery(sent.order_by("-handed_over_at").values("handed_over_at")[:1])
    ordered = people.annotate(last_at=last).order_by(F("last_at").asc(nulls_first=True), "pk")
    return ordered.values_list("pk", why)


@dataclass(frozen=True, slots=True)
class _Point:
    pk: int
    value: str
    not_to_use: bool
    objected: bool


def _points(people: QuerySet[YoungPerson], look: Look) -> dict[int, list[_Point]]:
    """The young people's own numbers or addresses, the newest first."""
    text = look.channel == Message.Channel.TEXT
    rows = (
        ContactPoint.objects.filter(
            open_on(look.on),
            person__in=people.order_by().values("pk"),
            kind=ContactPoint.Kind.MOBILE if text else ContactPoint.Kind.EMAIL,
            whose=ContactPoint.Whose.YOUNG_PERSON,
        )
        .annotate(objected=Q(from_institution=True) & Q(objection_in_force(look.on, "person")))
        .order_by("-starts_on", "-pk")
    )
    found: dict[int, list[_Point]] = defaultdict(list)
    for person, *point in rows.values_list("person", "pk", "value", "do_not_use", "objected"):
        found[person].append(_Point(*point))
    return found


def _picked(person_id: int, points: Iterable[_Point], channel: str) -> Chosen:
    """The newest that may be used, or the reason that stands in the way of the last one left."""
    reachable = [(each, to) for each in points if (to := _reaches(each.value, channel))]
    for point, to in reachable:
        if not point.not_to_use and not point.objected:
            return Chosen(person_id, point=point.pk, value=to)
    if any(not each.not_to_use for each, _ in reachable):
        return Chosen(person_id, why=Why.OBJECTED)
    return Chosen(person_id, why=Why.NOT_TO_USE if reachable else Why.NO_NUMBER)


def _reaches(value: str, channel: str) -> str:
    if channel == Message.Channel.TEXT:
        return mobile(value)
    return value.strip().lower() if "@" in value else ""


def _without_stopped(picked: list[Chosen]) -> list[Chosen]:
    unwanted = stopped([each.value for each in picked if not each.why])
    return [replace(each, why=Why.STOPPED) if each.value in unwanted else each for each in picked]


def _once_a_number(picked: list[Chosen]) -> list[Chosen]:
    seen: set[str] = set()
    found = []
    for each in picked:
        twice = not each.why and each.value in seen
        seen |= {each.value} if not each.why else set()
        found.append(replace(each, why=Why.SAME_NUMBER) if twice else each)
    return found


def _capped(picked: list[Chosen], most: int) -> list[Chosen]:
    left, found = most, []
    for each in picked:
        over = not each.why and left <= 0
        left -= 0 if each.why else 1
        found.append(replace(each, why=Why.OVER_MOST) if over else each)
    return found
