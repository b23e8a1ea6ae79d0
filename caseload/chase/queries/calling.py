"""My calls today: who may be rung now, in the order in which it is worth most, and why (R68, R70, R74, R77, R155)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseload.allocation.models import Case
from caseload.chase.models import Attempt, Hold
from caseload.chase.queries.numbers import house_of, numbers_of
from caseload.chase.queries.people import Somebody, in_the_cohort, somebody
from caseload.chase.queries.waiting import waiting_people
from caseload.chase.rules.floor import with_floor
from caseload.chase.rules.protocol import Clock, Due, due
from caseload.chase.rules.ranking import (
    Candidate,
    Kind,
    Number,
    Ranked,
    Told,
    best_time,
    number_now,
    ranked,
    reasons,
)
from caseload.chase.statements import CallLine, Wanted
from caseload.reviews.queries.lists import own_services
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.ui.listing import Listing
from neet.ui.words import day, school_year
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import ContactPoint, Residence, Responsibility, YoungPerson
from tracking.register.queries.register import Line, lines_of
from tracking.register.queries.standing import running_out, standing_as
from tracking.rules.chase import ContactRule, protocol_of
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.ruleset import RuleSet

TRACKED = (Responsibility.Kind.TRACKING, Responsibility.Kind.CONTRACT)
SINCE = {
    Kind.NOT_KNOWN: "Not known since",
    Kind.NEET: "NEET since",
    Kind.LAPSING: "What we know counts until",
}


# -- who is on the list at all


def to_call(user: User, wanted: Wanted, on: date) -> QuerySet[YoungPerson]:
    """Those on this user's list, whether or not they may be tried today.

    Left out: whoever a service works with this month, for everybody but that service (R74); who waits for a return
    (R155); who is restricted, unless to those named for them.
    """
    kinds = [wanted.kind] if wanted.kind else list(Kind)
    found = YoungPerson.objects.visible_to(user).filter(in_the_cohort(on), case_of_ours(user, on))
    found = found.filter(_of_kinds(kinds, user, on), _whose(wanted.whose, user, on))
    if wanted.district:
        home = Residence.objects.filter(person=OuterRef("pk"), ends_on=None, district=wanted.district)
        found = found.filter(Exists(home))
    if wanted.service:
        held = Responsibility.objects.filter(
            open_on(on), person=OuterRef("pk"), service=wanted.service, kind__in=TRACKED
        )
        found = found.filter(Exists(held))
    return found


def case_of_ours(user: User, on: date) -> Q:
    """Whom a service works with this month is on that service's list and on no other; whoever works for a service has
    no others on theirs (R74). What is offered to nobody changes nothing (R77)."""
    cases = Case.objects.running().filter(
        offer=Case.Offer.CASELOAD,
        person=OuterRef("pk"),
        run__closed_at=None,
        run__month__lte=ReportingMonth.of(on).ends_on,
        run__authority__in=scope_of(user).authority_ids,
    )
    mine = own_services(user)
    return Q(Exists(cases.filter(service__in=mine))) if mine else ~Q(Exists(cases))


def _of_kinds(kinds: Sequence[str], user: User, on: date) -> Q:
    rules = ruleset(on)
    days = rules.weights.limit("days_of_running_out")
    waits = waiting_people(user, on)
    conditions = {
        Kind.NOT_KNOWN: standing_as(Status.NOT_KNOWN, rules, on) & ~waits,
        Kind.LAPSING: running_out(days, on) & standing_as(Status.EET, rules, on) & ~waits,
        Kind.NEET: standing_as(Status.NEET, rules, on),
    }
    found = Q(pk__in=[])
    for kind, condition in conditions.items():
        if kind in kinds:
            found |= condition
    return found


def _whose(whose: str, user: User, on: date) -> Q:
    """Mine: given to me to track, or to my service under contract, or led by me. The pool: nobody's. All: everybody I
    see. Nobody is in two people's own lists: who is given to a contractor is the contractor's."""
    held = Responsibility.objects.filter(open_on(on), person=OuterRef("pk"))
    if whose == "pool":
        return ~Q(Exists(held.filter(kind__in=TRACKED)))
    if whose == "mine":
        services = [place.service_id for place in scope_of(user).places if place.service_id]
        contract = Q(kind=Responsibility.Kind.CONTRACT) & (Q(user=user) | Q(service__in=services, user=None))
        elsewhere = held.filter(kind=Responsibility.Kind.CONTRACT).exclude(contract)
        own = held.filter(Q(user=user, kind__in=(*TRACKED, Responsibility.Kind.LEAD)) | contract)
        return Q(Exists(own)) & ~Q(Exists(elsewhere))
    return Q()


# -- the order


@dataclass(frozen=True)
class Day:
    """What holds for one user at one moment, put together once."""

    user: User
    on: date
    now: datetime
    rules: RuleSet
    protocol: tuple[ContactRule, ...]
    told: Told

    @classmethod
    def of(cls, user: User, on: date, now: datetime) -> "Day":
        rules = ruleset(on)
        house = house_of(scope_of(user).authority_ids, on)
        told = Told.of(rules.weights, rules.source_ladder, rules.contact_outcomes, house, now)
        return cls(user, on, now, rules, protocol_for(user, rules), told)


def protocol_for(user: User, rules: RuleSet) -> tuple[ContactRule, ...]:
    """The contact protocol of this user's council."""
    numbers = Authority.objects.filter(pk__in=scope_of(user).authority_ids[:1]).values_list("code", flat=True)
    return protocol_of(rules.contact_protocol.values(), next(iter(numbers), ""))


def in_order(people: QuerySet[YoungPerson], at: Day) -> list[Ranked]:
    """These people in the order of calls, lines for vulnerable groups among them: two statements for however many."""
    numbers = numbers_of(people, at.user, at.on)
    candidates = (_candidate(each, numbers, at) for each in somebody(people, at.user, at.on))
    order = ranked((each for each in candidates if each), at.told)
    return with_floor(order, at.rules.weights.limit("floor_lines"), _done_today(at))


def _candidate(each: Somebody, numbers: dict[int, tuple[Number, ...]], at: Day) -> Candidate | None:
    """The same as the ranking reads it; None for whoever is NEET and need not be spoken to yet."""
    status = each.status(at.rules)
    asked = due_of(each, status, at)
    kind = {Status.NOT_KNOWN: Kind.NOT_KNOWN, Status.NEET: Kind.NEET}.get(status, Kind.LAPSING)
    if kind is Kind.NEET and (asked is None or asked.on > at.on):
        return None
    return Candidate(
        person_id=each.person_id,
        kind=kind,
        code=each.code,
        is_measured=each.is_measured(at.rules, at.on),
        since=each.since(status) if kind is not Kind.LAPSING else each.counts_until,
        need=each.need,
        vulnerable=each.vulnerable,
        due_on=asked.on if asked else None,
        tries=each.tries,
        tried_at=each.tried_at,
        outcome=each.outcome,
        again_at=each.again_at,
        numbers=numbers.get(each.person_id, ()),
    )


def due_of(each: Somebody, status: Status, at: Day) -> Due | None:
    """By when the protocol wants them spoken to."""
    clock = Clock(status, each.code, each.since(status), each.spoken_on, each.need, each.vulnerable)
    return due(clock, at.protocol)


def _done_today(at: Day) -> int:
    """How many calls this user made today: from here the kept lines are counted."""
    began = at.now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Attempt.objects.filter(
        tried_by=at.user, tried_at__gte=began, channel=Attempt.Channel.TELEPHONE
    ).count()


# -- what pages ask for


def call_list(
    user: User, wanted: Wanted, listing: Listing, on: date, now: datetime
) -> tuple[Listing, tuple[CallLine, ...]]:
    """A page of the calls in their order: the same few statements for one and for thirteen thousand."""
    at = Day.of(user, on, now)
    order = in_order(to_call(user, wanted, on), at)
    listing = listing.counted(len(order))
    return listing, lines(order[listing.start : listing.stop], at)


def next_call(
    user: User, wanted: Wanted, on: date, now: datetime, passed: Iterable[int] = ()
) -> CallLine | None:
    """Whom to ring now: the first of the order that no colleague has open. `passed` are the keys of those who were just
    dealt with or left for later: they are not given again."""
    at = Day.of(user, on, now)
    order = in_order(to_call(user, wanted, on), at)
    taken = held_by_others(user, now) | set(passed)
    first = next((each for each in order if each.who.person_id not in taken), None)
    return next(iter(lines([first], at)), None) if first else None


def line_of(user: User, person: YoungPerson, on: date, now: datetime) -> CallLine | None:
    """One young person's line, whoever's list they are on; None where nothing of them has to be found out."""
    at = Day.of(user, on, now)
    asked = YoungPerson.objects.filter(pk=person.pk)
    numbers = numbers_of(asked, user, on)
    candidates = [_candidate(each, numbers, at) for each in somebody(asked, user, on)]
    order = [Ranked(each, 0.0, number_now(each, at.told)[0]) for each in candidates if each]
    return next(iter(lines(order, at)), None)


def held_by_others(user: User, now: datetime) -> set[int]:
    """Whom a colleague has open at this moment."""
    held = Hold.objects.filter(until__gt=now).exclude(user=user)
    return set(held.values_list("person_id", flat=True))


# -- lines for a page


def lines(order: Sequence[Ranked], at: Day) -> tuple[CallLine, ...]:
    """These as a page shows them: three statements for however many."""
    ids = [each.who.person_id for each in order]
    seen = YoungPerson.objects.filter(pk__in=ids)
    people = {each.pk: each for each in lines_of(seen, at.user, at.on)} if ids else {}
    points = ContactPoint.objects.in_bulk([each.number.pk for each in order if each.number])
    held = set(
        Hold.objects.filter(person__in=ids, until__gt=at.now)
        .exclude(user=at.user)
        .values_list("pk", flat=True)
    )
    return tuple(
        _line(each, people[each.who.person_id], points, each.who.person_id in held, at) for each in order
    )


def _line(each: Ranked, person: Line, points: dict[int, ContactPoint], is_held: bool, at: Day) -> CallLine:
    who, point = each.who, points.get(each.number.pk) if each.number else None
    return CallLine(
        person_id=who.person_id,
        ref=person.ref,
        name=person.name,
        year=school_year(person.year) if person.year is not None else "",
        kind=str(who.kind),
        since=_since(who),
        why=reasons(each, at.told),
        best_time=best_time(each, at.told),
        number=point.value if point else "",
        whose=(point.name or point.get_whose_display()) if point else "",
        contact_point_id=point.pk if point else None,
        tries=who.tries,
        last_try=_last_try(who, at.rules),
        again_at=who.again_at,
        due_on=who.due_on,
        score=each.score,
        is_floor=each.is_kept,
        is_held=is_held,
    )


def _since(who: Candidate) -> str:
    if who.since is None:
        return "Nothing recorded"
    return f"{SINCE[who.kind]} {day(who.since)}"


def _last_try(who: Candidate, rules: RuleSet) -> str:
    """What came of the last try, and when."""
    if who.tried_at is None:
        return ""
    outcome = rules.contact_outcomes.get(who.outcome)
    return f"{outcome.words if outcome else who.outcome}, {day(who.tried_at)}"


@dataclass(frozen=True)
class Counts:
    """What a first page says of the calls of a day."""

    mine: int
    pool: int
    done_today: int
    to_ring_back: int


def counts(user: User, on: date, now: datetime) -> Counts:
    """How many calls are this user's, nobody's, done today, and promised for today."""
    seen = {whose: to_call(user, Wanted(whose), on).count() for whose in ("mine", "pool")}
    began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Attempt.objects.filter(tried_by=user)
    done = calls.filter(tried_at__gte=began, channel=Attempt.Channel.TELEPHONE).count()
    rules = ruleset(on)
    timed = [code for code, row in rules.contact_outcomes.items() if row.asks_for_time]
    promised = calls.filter(outcome__in=timed, again_at__range=(began, began + timedelta(days=1)))
    return Counts(seen["mine"], seen["pool"], done, promised.values("person").distinct().count())
