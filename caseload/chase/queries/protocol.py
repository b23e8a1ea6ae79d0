"""Who should have been spoken to by now: the contact protocol as it is kept (R78, R79, R80)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from caseload.chase.queries.order import clock_of, protocol_for
from caseload.chase.queries.people import Somebody, may_be_asked, named, somebody
from caseload.chase.queries.waiting import waiting_people
from caseload.chase.rules.protocol import Due, due
from caseload.chase.statements import Breach
from neet.accounts.models import User
from neet.ui.listing import Listing
from neet.ui.words import school_year
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Residence, Responsibility, YoungPerson
from tracking.register.queries.register import Line, lines_by_key
from tracking.register.queries.standing import WORDS, counting, standing_as
from tracking.rules.chase import ContactRule
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who should have been spoken to, as found among everybody."""

    who: Somebody
    status: Status
    since: date | None
    due: Due


def followed(user: User, on: date) -> QuerySet[YoungPerson]:
    """Those whom the protocol asks this user's council to speak to, and whom they see: NEET, not known unless they wait
    for a return, and at the activities it names. Cases of services are among them: the protocol holds for everybody."""
    rules = ruleset(on)
    asked_after = sorted(named(rules))
    not_known = standing_as(Status.NOT_KNOWN, rules, on) & ~waiting_people(user, on)
    wanted = (
        standing_as(Status.NEET, rules, on) | not_known | Q(counting(on), situation__code__in=asked_after)
    )
    return YoungPerson.objects.visible_to(user).filter(may_be_asked(on), wanted)


def late(people: QuerySet[YoungPerson], user: User, on: date, rules: RuleSet | None = None) -> list[Late]:
    """Those of them whose day has passed, the longest first: one statement. By the rules of the day, or by others."""
    rules = rules or ruleset(on)
    protocol = protocol_for(user, rules)
    found = (late_of(each, rules, protocol, on) for each in somebody(people, user, on))
    return sorted((each for each in found if each), key=lambda each: (each.due.on, each.who.person_id))


def late_of(each: Somebody, rules: RuleSet, protocol: tuple[ContactRule, ...], on: date) -> Late | None:
    status = each.status(rules)
    since = each.since(status)
    asked = due(clock_of(each, status, since), protocol)
    return Late(each, status, since, asked) if asked and asked.on < on else None


def breaches(user: User, on: date, listing: Listing) -> tuple[Listing, tuple[Breach, ...]]:
    """A page of those who should have been spoken to, the longest first: the same few statements for however many."""
    found = late(followed(user, on), user, on)
    listing = listing.counted(len(found))
    shown = found[listing.start : listing.stop]
    ids = [each.who.person_id for each in shown]
    people = lines_by_key(ids, user, on)
    workers = workers_of(ids, on)
    return listing, tuple(
        _breach(each, people[each.who.person_id], workers.get(each.who.person_id, ""), on) for each in shown
    )


def workers_of(people: Iterable[int], on: date) -> Mapping[int, str]:
    """Who works with each of these: who tracks them, else who leads."""
    held = Responsibility.objects.filter(
        open_on(on),
        person__in=list(people),
        kind__in=(Responsibility.Kind.TRACKING, Responsibility.Kind.LEAD),
    )
    rows = held.order_by("kind", "-starts_on", "-pk").values_list(
        "person", "user__name", "service__short_name"
    )
    return {person: name or service or "" for person, name, service in rows}


def _breach(each: Late, person: Line, worker: str, on: date) -> Breach:
    return Breach(
        person_id=person.pk,
        ref=person.ref,
        name=person.name,
        year=school_year(person.year) if person.year is not None else "",
        status=WORDS[each.status],
        since=each.since,
        due_on=each.due.on,
        days_late=(on - each.due.on).days,
        is_first=each.due.is_first,
        rule=each.due.rule.words,
        tries=each.who.tries,
        tried_at=each.who.tried_at,
        worker=worker,
        district=person.district or "",
    )


@dataclass(frozen=True)
class LateCounts:
    """How many should have been spoken to: in all, by who works with them, by where they live, for the first time."""

    people: int
    first: int
    by_worker: Mapping[str, int]
    by_district: Mapping[str, int]


def late_counts(user: User, on: date) -> LateCounts:
    """Breaches counted: three statements."""
    found = late(followed(user, on), user, on)
    ids = [each.who.person_id for each in found]
    workers = workers_of(ids, on)
    lives = districts_of(ids)
    return LateCounts(
        people=len(found),
        first=sum(each.due.is_first for each in found),
        by_worker=Counter(workers.get(person, "") for person in ids),
        by_district=Counter(lives.get(person, "") for person in ids),
    )


def districts_of(people: Iterable[int]) -> Mapping[int, str]:
    """The district each of these lives in."""
    homes = Residence.objects.filter(ends_on=None, person__in=list(people), district__isnull=False)
    return dict(homes.values_list("person", "district__name"))
