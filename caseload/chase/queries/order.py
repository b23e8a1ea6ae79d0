"""People in the order of calls: read once, valued by plain rules, lines for vulnerable groups among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from caseload.chase.models import Attempt
from caseload.chase.queries.numbers import house_of, numbers_of
from caseload.chase.queries.people import Somebody, somebody
from caseload.chase.rules.floor import with_floor
from caseload.chase.rules.protocol import Clock, due
from caseload.chase.rules.ranking import Candidate, Kind, Moment, Number, Ranked, ranked
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.chase import ContactRule
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True)
class Day:
    """What holds for one user at one moment, put together once."""

    user: User
    on: date
    rules: RuleSet
    protocol: Sequence[ContactRule]
    moment: Moment

    @classmethod
    def of(cls, user: User, on: date, now: datetime) -> "Day":
        """Two statements."""
        rules = ruleset(on)
        house = house_of(scope_of(user).authority_ids, on)
        moment = Moment.of(rules.weights, rules.source_ladder, house, now)
        return cls(user, on, rules, protocol_for(user, rules), moment)


def protocol_for(user: User, rules: RuleSet) -> tuple[ContactRule, ...]:
    """The contact protocol of this user's council."""
    here = Authority.objects.filter(pk__in=scope_of(user).authority_ids).order_by("pk")
    return rules.protocol(here.values_list("code", flat=True).first() or "")


def in_order(people: QuerySet[YoungPerson], at: Day) -> list[Ranked]:
    """These people in the order of calls: three statements for however many."""
    order = ranked(candidates(people, at), at.moment)
    return with_floor(order, at.rules.weights.limit("floor_lines"), done_today(at.user, at.moment.now))


def candidates(people: QuerySet[YoungPerson], at: Day) -> list[Candidate]:
    """These people as the ranking reads them, without those whom nobody has to speak to yet: two statements."""
    numbers = numbers_of(people, at.user, at.on)
    found = (_candidate(each, numbers, at) for each in somebody(people, at.user, at.on))
    return [each for each in found if each]


def _candidate(each: Somebody, numbers: Mapping[int, tuple[Number, ...]], at: Day) -> Candidate | None:
    status = each.status(at.rules)
    since = each.since(status)
    asked = due(clock_of(each, status, since), at.protocol)
    kind = _kind(each, status, at)
    if kind is Kind.NEET and (asked is None or asked.on > at.on):
        return None
    return Candidate(
        person_id=each.person_id,
        kind=kind,
        code=each.code,
        is_measured=each.is_measured(at.rules, at.on),
        since=each.counts_until if kind is Kind.LAPSING else since,
        need=each.need,
        vulnerable=each.vulnerable,
        due_on=asked.on if asked else None,
        is_first=asked.is_first if asked else False,
        tries=each.tries,
        in_vain=each.in_vain,
        tried_at=each.tried_at,
        outcome=each.outcome,
        again_at=each.again_at,
        promised_at=each.promised_at,
        numbers=numbers.get(each.person_id, ()),
    )


def _kind(each: Somebody, status: Status, at: Day) -> Kind:
    """What they are called for: knowledge that runs out soon comes before the days of the protocol."""
    if status is Status.NOT_KNOWN:
        return Kind.NOT_KNOWN
    soon = at.on + timedelta(days=at.rules.weights.limit("days_of_running_out"))
    runs_out = status is Status.EET and each.counts_until is not None and each.counts_until <= soon
    return Kind.LAPSING if runs_out else Kind.NEET


def clock_of(each: Somebody, status: Status, since: date | None) -> Clock:
    """The same as the contact protocol reads it."""
    return Clock(
        status=status,
        code=each.code,
        since=since,
        spoken_on=each.spoken_on,
        need=each.need,
        vulnerable=each.vulnerable,
        ends_on=each.expected_to_end_on,
    )


def done_today(user: User, now: datetime) -> int:
    """How many calls this user made today: from here the kept lines are counted."""
    began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Attempt.objects.filter(tried_by=user, channel=Attempt.Channel.TELEPHONE)
    return calls.filter(tried_at__gte=began).count()
