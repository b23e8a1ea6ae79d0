"""My calls today: who may be rung now, in the order in which it is worth most, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from caseload.chase.models import Attempt, Hold
from caseload.chase.queries.order import Day, candidates, in_order
from caseload.chase.queries.people import keys_among
from caseload.chase.queries.whom import keys_to_call
from caseload.chase.rules.floor import Placed, placed
from caseload.chase.rules.ranking import Candidate, Kind, Ranked, valued
from caseload.chase.rules.reasons import best_time, reasons
from caseload.chase.statements import CallLine, FirstLine, Wanted
from neet.accounts.models import User
from neet.statements.parts import Ids
from neet.ui.listing import Listing
from neet.ui.words import day, school_year
from tracking.reference.queries import ruleset
from tracking.register.models import ContactPoint, YoungPerson
from tracking.register.queries.register import Line, lines_by_key
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

SINCE = {
    Kind.NOT_KNOWN: "Not known since",
    Kind.NEET: "NEET since",
    Kind.LAPSING: "What we know counts until",
}


def call_list(
    user: User, wanted: Wanted, listing: Listing, on: date, now: datetime
) -> tuple[Listing, tuple[CallLine, ...]]:
    """A page of the calls in their order: the same few statements for one and for thirteen thousand."""
    at = Day.of(user, on, now)
    order = in_order(keys_to_call(user, wanted, on), at)
    listing = listing.counted(len(order))
    return listing, lines(order[listing.start : listing.stop], at)


def next_call(
    user: User, wanted: Wanted, on: date, now: datetime, passed: Iterable[int] = ()
) -> CallLine | None:
    """Whom to ring now: the first of the order that no colleague has open. `passed` are the keys of those who were just
    dealt with or left for later: they are not given again."""
    at = Day.of(user, on, now)
    order = in_order(keys_to_call(user, wanted, on), at)
    taken = held_by_others(user, now) | set(passed)
    first = next((each for each in order if each.person_id not in taken), None)
    return next(iter(lines([first], at)), None) if first else None


def line_of(user: User, person: YoungPerson, on: date, now: datetime) -> CallLine | None:
    """One young person's line, whoever's list they are on; None where nothing of them has to be found out."""
    at = Day.of(user, on, now)
    found = candidates(keys_among(Ids((person.pk,))), at)
    return next(iter(lines([placed(valued(each, at.moment)) for each in found], at)), None)


def held_by_others(user: User, now: datetime, people: Sequence[int] | None = None) -> set[int]:
    """Whom a colleague has open at this moment; of some people, or of everybody."""
    held = Hold.objects.filter(until__gt=now).exclude(user=user)
    if people is not None:
        held = held.filter(person__in=people)
    return set(held.values_list("person_id", flat=True))


# -- lines for a page


def lines(order: Sequence[Placed], at: Day) -> tuple[CallLine, ...]:
    """These as a page shows them, in their order: five statements for however many."""
    ids = [each.person_id for each in order]
    if not ids:
        return ()
    shown = keys_among(Ids(ids))
    valued_now = {each.person_id: valued(each, at.moment) for each in candidates(shown, at)}
    people = lines_by_key(ids, at.user, at.on)
    numbers = (each.number.pk for each in valued_now.values() if each.number)
    points = ContactPoint.objects.in_bulk(list(numbers))
    held = held_by_others(at.user, at.moment.now, ids)
    return tuple(
        _line(
            Shown(each, valued_now[each.person_id], people[each.person_id], each.person_id in held),
            points,
            at,
        )
        for each in order
        if each.person_id in valued_now and each.person_id in people
    )


@dataclass(frozen=True)
class Shown:
    """Somebody of the order with all that is said of them."""

    place: Placed
    valued: Ranked
    person: Line
    is_held: bool


def _line(shown: Shown, points: Mapping[int, ContactPoint], at: Day) -> CallLine:
    who, number, person = shown.valued.who, shown.valued.number, shown.person
    point = points.get(number.pk) if number else None
    return CallLine(
        person_id=who.person_id,
        ref=person.ref,
        name=person.name,
        year=school_year(person.year) if person.year is not None else "",
        kind=str(who.kind),
        since=_since(who, at.rules),
        why=reasons(shown.valued, at.moment),
        best_time=best_time(shown.valued, at.moment),
        number=point.value if point else "",
        whose=(point.name or point.get_whose_display()) if point else "",
        contact_point_id=point.pk if point else None,
        tries=who.tries,
        last_try=_last_try(who, at.rules),
        again_at=who.promised_at or who.again_at,
        due_on=who.due_on,
        score=shown.place.score,
        is_floor=shown.place.is_kept,
        is_held=shown.is_held,
    )


def _since(who: Candidate, rules: RuleSet) -> str:
    """Not known since 1 September 2026; at an activity that is asked after now and then: since when."""
    activity = rules.activities.get(who.code)
    begun = day(who.since) if who.since else "a day that is not recorded"
    if who.kind is Kind.NEET and activity and activity.status is not Status.NEET:
        return f"{activity.plain_words} since {begun}"
    return f"{SINCE[who.kind]} {begun}"


def _last_try(who: Candidate, rules: RuleSet) -> str:
    """What came of the last try, and when."""
    if who.tried_at is None:
        return ""
    outcome = rules.contact_outcomes.get(who.outcome)
    return f"{outcome.words if outcome else who.outcome}, {day(who.tried_at)}"


# -- the first page


def first_lines(order: Sequence[Placed], at: Day) -> tuple[FirstLine, ...]:
    """These in short, in their order: two statements for however many."""
    ids = [each.person_id for each in order]
    shown = keys_among(Ids(ids))
    valued_now = {each.person_id: valued(each, at.moment) for each in candidates(shown, at)} if order else {}
    people = lines_by_key(ids, at.user, at.on)
    return tuple(
        FirstLine(
            person_id=pk,
            ref=people[pk].ref,
            name=people[pk].name,
            why=reasons(valued_now[pk], at.moment)[0],
            since=_since(valued_now[pk].who, at.rules),
            best_time=best_time(valued_now[pk], at.moment),
        )
        for pk in (each.person_id for each in order)
        if pk in valued_now and pk in people
    )


def promised_today(user: User, on: date, now: datetime) -> QuerySet[Any]:
    """Those who asked this user to be rung back today, one row each."""
    promises = [code for code, row in ruleset(on).contact_outcomes.items() if row.asks_for_time]
    began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Attempt.objects.filter(
        tried_by=user, outcome__in=promises, again_at__range=(began, began + timedelta(days=1))
    )
    return calls.values("person").distinct()
