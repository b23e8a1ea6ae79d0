"""What came of a campaign: day by day, by outcome, and where its people stand since."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from caseload.campaigns.models import Campaign
from caseload.campaigns.queries.people import seen
from caseload.campaigns.rules import OUTCOMES
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.standing import SHORT, standing_as
from tracking.rules.codes import Status

SHOWN = (Status.EET, Status.NEET, Status.NOT_KNOWN)


@dataclass(frozen=True)
class Day:
    """What was done on one day, and in all until then."""

    on: date
    outcomes: dict[str, int]
    so_far: int

    @property
    def number(self) -> int:
        return sum(self.outcomes.values())


def days(user: User, campaign: Campaign, on: date) -> tuple[Day, ...]:
    """Every day of the campaign until today, those without anything too: one statement."""
    rows = (
        seen(user)
        .filter(campaign=campaign, done_at__isnull=False)
        .order_by()
        .annotate(day=TruncDate("done_at"))
        .values_list("day", "outcome")
        .annotate(number=Count("pk"))
    )
    found: dict[date, Counter[str]] = {}
    for day, outcome, number in rows:
        found.setdefault(day, Counter())[outcome] += number
    return tuple(_added_up(found, _first(campaign, found), _last(campaign, found, on)))


def _first(campaign: Campaign, found: dict[date, Counter[str]]) -> date:
    return min([campaign.starts_on, *found])


def _last(campaign: Campaign, found: dict[date, Counter[str]], on: date) -> date:
    return max([min(on, campaign.ends_on), *found])


def _added_up(found: dict[date, Counter[str]], first: date, last: date) -> Iterator[Day]:
    so_far = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        outcomes = {name: found.get(day, Counter())[name] for name in OUTCOMES}
        so_far += sum(outcomes.values())
        yield Day(day, outcomes, so_far)


@dataclass(frozen=True)
class Effect:
    """Where those who were contacted stand now, and of how many somebody learned since they came on the list."""

    contacted: int
    confirmed: int
    statuses: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, str, int], ...]


def effect(user: User, campaign: Campaign, on: date) -> Effect:
    """Two statements. "Confirmed since" is a confirmation on or after the day they came on the list."""
    rules, done = ruleset(on), Q(done_at__isnull=False)
    known_since = Q(person__situation__verified_on__gte=F("added_on"))
    row = (
        seen(user)
        .filter(campaign=campaign)
        .aggregate(
            contacted=Count("pk", filter=done),
            confirmed=Count("pk", filter=done & known_since),
            **{name: Count("pk", filter=Q(outcome=name)) for name in OUTCOMES},
        )
    )
    contacted = seen(user).filter(done, campaign=campaign).values("person")
    standing = YoungPerson.objects.filter(pk__in=contacted).aggregate(
        **{status: Count("pk", filter=standing_as(status, rules, on)) for status in SHOWN}
    )
    return Effect(
        contacted=row["contacted"],
        confirmed=row["confirmed"],
        statuses=tuple((SHORT[status], standing[status]) for status in SHOWN),
        outcomes=tuple((*OUTCOMES[name], row[name]) for name in OUTCOMES),
    )


def headings() -> Sequence[str]:
    return ("Day", *(words for words, _ in OUTCOMES.values()), "On that day", "So far")
