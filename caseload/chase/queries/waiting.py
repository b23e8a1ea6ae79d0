"""Who waits for a return: nobody is rung about what a school or college is about to tell us (R155)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseload.chase.queries.people import may_be_asked
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.statements.parts import Ids
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import DUE_ON, NOT_CLOSED, OPEN, deadline_of
from returns.intake.layouts import ROLLS
from returns.intake.queries.expected import AUTUMN, PLACES_WITH_A_YEAR_11, last_may
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, YoungPerson
from tracking.register.queries.standing import running_out, standing_as
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import Status


@dataclass(frozen=True)
class Awaited:
    """One return that is still to come in time, and how many wait for it."""

    ref: UUID
    establishment_id: int
    place: str
    title: str
    due_on: date
    people: int


def awaited_returns(authority_ids: Iterable[int], on: date) -> list[ExpectedReturn]:
    """What was asked for, tells of everybody who is there, is not late, and is due soon enough to be waited for: one
    statement. Who joined or left, or has an offer, says nothing of those who go on."""
    return [each for each in _soon(tuple(authority_ids), on) if not deadline_of(each).is_late(on)]


@built_once
def _soon(authority_ids: tuple[int, ...], on: date) -> QuerySet[ExpectedReturn]:
    soon = on + timedelta(days=ruleset(on).weights.limit("days_of_waiting"))
    found = ExpectedReturn.objects.filter(
        OPEN & NOT_CLOSED,
        collection__authority__in=authority_ids,
        collection__type__in=ROLLS,
        establishment__isnull=False,
    ).alias(deadline_on=DUE_ON)
    due = found.filter(deadline_on__lte=soon, deadline_on__gte=on - timedelta(days=7))
    return due.select_related("collection", "establishment").order_by(DUE_ON, "establishment__name", "pk")


def waits_for(returns: Iterable[ExpectedReturn], on: date) -> Q:
    """The condition on young people whose school or college has still to answer one of these returns: they are there
    now, or were in its Year 11 last May and it is asked after those."""
    return waits_at(*places_asked_after(returns), on)


def waits_at(now: Ids, may: Ids, on: date) -> Q:
    """The same by the establishments that answer for whom they have, and those that answer for their Year 11 too."""
    if not now:
        return Q(pk__in=[])
    here = Activity.objects.filter(person=OuterRef("pk"), is_primary=True, starts_on__lte=on)
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    found = Q(Exists(here.filter(goes_on, establishment__any=now)))
    if may:
        day = last_may(on)
        age = ruleset(day).limits["youngest_academic_age"]
        then = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        pupils = here.filter(then, establishment__any=may)
        found |= Q(Exists(pupils), date_of_birth__range=birth_range(age, day))
    return found


def places_asked_after(returns: Iterable[ExpectedReturn]) -> tuple[Ids, Ids]:
    """The establishments that answer for whom they have, and those that answer for their Year 11 too."""
    now, may = set[int](), set[int]()
    for each in returns:
        place = each.establishment
        if place is None:
            continue
        now.add(place.pk)
        if each.collection.type == AUTUMN and place.kind in PLACES_WITH_A_YEAR_11:
            may.add(place.pk)
    return Ids(sorted(now)), Ids(sorted(may))


def to_find_out(on: date) -> Q:
    """Those a return could tell of: not known now, or soon."""
    rules = ruleset(on)
    days = rules.weights.limit("days_of_running_out")
    return standing_as(Status.NOT_KNOWN, rules, on) | running_out(days, on)


def waiting_people(of: User | Authority, on: date) -> Q:
    """The condition on those of a council, or of this user's councils, who wait for a return: one statement."""
    return waits_at(*places_awaited(of, on), on)


def places_awaited(of: User | Authority, on: date) -> tuple[Ids, Ids]:
    """The establishments that have still to answer for whom they have, and for their Year 11 too: one statement."""
    here = (of.pk,) if isinstance(of, Authority) else scope_of(of).authority_ids
    return places_asked_after(awaited_returns(here, on))


def waiting_for_return(user: User, on: date) -> tuple[Awaited, ...]:
    """The returns that people wait for, nearest deadline first, with how many of those this user sees wait for each:
    three statements. Whoever waits for two returns counts with each."""
    returns = awaited_returns(scope_of(user).authority_ids, on)
    counted = _counted(user, returns, on)
    return tuple(
        Awaited(each.ref, place.pk, place.name, each.collection.title, deadline_of(each).due_on, counted[place.pk])
        for each in returns
        if (place := each.establishment) and counted[place.pk]
    )  # fmt: skip


def _counted(user: User, returns: list[ExpectedReturn], on: date) -> dict[int, int]:
    """How many wait at each establishment."""
    now, may = places_asked_after(returns)
    found: dict[int, int] = defaultdict(int)
    if not now:
        return found
    seen = YoungPerson.objects.visible_to(user).filter(may_be_asked(on), to_find_out(on))
    places = Activity.objects.filter(is_primary=True, starts_on__lte=on, person__in=seen.values("pk"))
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    there: Q = Q(goes_on, establishment__any=now)
    if may:
        day = last_may(on)
        born = birth_range(ruleset(day).limits["youngest_academic_age"], day)
        then = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        there = there | Q(then, establishment__any=may, person__date_of_birth__range=born)
    rows = places.filter(there).values("establishment").annotate(people=Count("person", distinct=True))
    for row in rows.order_by("establishment"):
        found[row["establishment"]] = row["people"]
    return found
