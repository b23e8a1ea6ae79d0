"""People in the order of calls, lines for vulnerable groups among them; and some of them as the rules read them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from caseload.chase import sql
from caseload.chase.models import Attempt
from caseload.chase.queries.numbers import NUMBERS, house_of, numbers_of, points
from caseload.chase.queries.numbers import asked_of as numbers_asked
from caseload.chase.queries.people import PEOPLE, Somebody, keys_of, rows, somebody, sought, vulnerable
from caseload.chase.queries.people import asked_of as people_asked
from caseload.chase.rules.floor import LONG_AGO, Placed, with_floor
from caseload.chase.rules.protocol import Clock, due
from caseload.chase.rules.ranking import KIND_ROWS, OTHER_HOURS, Candidate, Kind, Moment, Number
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import birth_range
from tracking.rules.chase import HUNDRED, ContactRule
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

# Inside the statement everybody is found once, and read by the same text as alone.
ONCE = "select id from chosen"
RANK = (
    sql.text("rank")
    .replace("{people}", PEOPLE.replace("{wanted}", ONCE))
    .replace("{numbers}", NUMBERS.replace("{wanted}", ONCE))
)


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
        """By the rules of the day: two statements."""
        return cls.by(ruleset(on), user, on, now)

    @classmethod
    def by(cls, rules: RuleSet, user: User, on: date, now: datetime) -> "Day":
        """By some rules; a change that is tried out brings its own."""
        house = house_of(scope_of(user).authority_ids, on)
        moment = Moment.of(rules.weights, rules.source_ladder, house, now)
        return cls(user, on, rules, protocol_for(user, rules), moment)

    @property
    def soon(self) -> date:
        """The last day of what runs out soon."""
        return self.on + timedelta(days=self.rules.weights.limit("days_of_running_out"))


def protocol_for(user: User, rules: RuleSet) -> tuple[ContactRule, ...]:
    """The contact protocol of this user's council; one statement where any council has rules of its own."""
    if not any(each.authority for each in rules.contact_protocol.values()):
        return rules.protocol("")
    here = Authority.objects.filter(pk__in=scope_of(user).authority_ids).order_by("pk")
    return rules.protocol(here.values_list("code", flat=True).first() or "")


def in_order(people: QuerySet[YoungPerson], at: Day) -> list[Placed]:
    """These people in the order of calls, who may not be tried now left out: two statements for however many."""
    return with_floor(worth_calling(people, at), kept_lines(at), done_today(at.user, at.moment.now).count())


def kept_lines(at: Day) -> int:
    """How many lines of twenty are kept for vulnerable groups."""
    return at.rules.weights.limit("floor_lines")


def worth_calling(people: QuerySet[YoungPerson], at: Day) -> list[Placed]:
    """The same by what a call is worth alone, without lines kept for anybody: one statement."""
    parts = {
        "wanted": keys_of(people),
        "vulnerable": vulnerable(at.user, at.on),
        "sought": sought(at.on),
        "points": points(at.user, at.on),
    }
    asked = {**people_asked(at.on), **numbers_asked(at.on), **_weighed(at), **_protocol(at)}
    return [Placed(*row) for row in rows(RANK, parts, asked)]


def _weighed(at: Day) -> dict[str, Any]:
    """The numbers of the ranking as the statement asks for them."""
    moment, weights, limits = at.moment, at.rules.weights, at.rules.limits
    ages = (
        birth_range(limits["oldest_measured"], at.on)[0],
        birth_range(limits["youngest_measured"], at.on)[1],
    )
    whose = list(moment.usual)
    return {
        "now": moment.now,
        "soon": at.soon,
        "long_ago": LONG_AGO,
        "band": moment.band,
        "strength": moment.strength,
        "elsewhere": OTHER_HOURS,
        "whose": whose,
        "usual": [moment.usual[each][moment.band] for each in whose],
        "knows": [moment.knows.get(each, 0.0) for each in whose],
        "nobody": weights.share("reach_nobody"),
        "kind_shares": _shares({str(kind): weights.share(row) for kind, row in KIND_ROWS.items()}),
        "born_from": ages[0],
        "born_to": ages[1],
        "month": moment.month.value / HUNDRED if moment.month else 1.0,
        "vulnerable_share": weights.share("need_vulnerable"),
        "needs": _shares({code: row.value / HUNDRED for code, row in moment.needs.items()}),
        "activities": _shares({code: row.value / HUNDRED for code, row in moment.activities.items()}),
        "overdue": weights.share("overdue"),
        "called_back": weights.share("called_back"),
        "sought_share": weights.share("sought"),
    }


def _shares(shares: Mapping[str, float]) -> str:
    return json.dumps(shares)


def _protocol(at: Day) -> dict[str, Any]:
    """The statuses of activities and the contact protocol, in its order, as the statement asks for them."""
    rules, codes = at.protocol, sorted(at.rules.activities)
    return {
        "codes": codes,
        "statuses": [str(at.rules.activities[code].status) for code in codes],
        "rule_status": [str(each.status) for each in rules],
        "rule_need": [each.need for each in rules],
        "rule_vulnerable": [each.only_vulnerable for each in rules],
        "rule_activities": [" ".join(sorted(each.activities)) for each in rules],
        "first_days": [each.first_days for each in rules],
        "every_days": [each.every_days for each in rules],
        "before_end_days": [each.before_end_days for each in rules],
    }


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
        sought=each.sought,
        numbers=numbers.get(each.person_id, ()),
    )


def _kind(each: Somebody, status: Status, at: Day) -> Kind:
    """What they are called for: knowledge that runs out soon comes before the days of the protocol."""
    if status is Status.NOT_KNOWN:
        return Kind.NOT_KNOWN
    runs_out = status is Status.EET and each.counts_until is not None and each.counts_until <= at.soon
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


def done_today(user: User, now: datetime) -> QuerySet[Attempt]:
    """The calls this user made today: from here the kept lines are counted."""
    began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    calls = Attempt.objects.filter(tried_by=user, channel=Attempt.Channel.TELEPHONE)
    return calls.filter(tried_at__gte=began)
