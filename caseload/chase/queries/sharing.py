"""Who has how many calls, and how they would be shared out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery

from caseload.chase.models import Attempt
from caseload.chase.queries.whom import to_call
from caseload.chase.rules.sharing import Shared, shared_out
from caseload.chase.statements import Wanted
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from schools.models import Authority, Membership
from tracking.register.columns import open_on
from tracking.register.models import Residence, Responsibility, YoungPerson

# Those who track for a whole council; whoever works for a service has that service's cases.
CALLERS = frozenset(
    slug
    for slug, role in ROLES.items()
    if Permission.CHASE in role.permissions and role.placed_by == "authority"
)


def callers(authority: Authority | int, on: date) -> QuerySet[User]:
    """The officers among whom calls may be shared out."""
    held = Membership.objects.running(on).filter(authority=authority, role__in=CALLERS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


@dataclass(frozen=True)
class Share:
    """How many somebody has to call; nobody's have no user."""

    user_id: int | None
    name: str
    people: int


def shares(user: User, authority: Authority | int, on: date) -> tuple[Share, ...]:
    """How many each officer has of those who are to be called, and how many are nobody's: three statements."""
    people = to_call(user, Wanted("all"), on)
    counted = {row["tracker"]: row["people"] for row in _with_tracker(people, on)}
    officers = [Share(each.pk, each.name, counted.pop(each.pk, 0)) for each in callers(authority, on)]
    nobody = Share(None, "", counted.pop(None, 0))
    others = User.objects.in_bulk(list(counted))
    left = [Share(pk, others[pk].name, number) for pk, number in counted.items() if pk in others]
    return (*officers, *sorted(left, key=lambda each: (each.name, each.user_id)), nobody)


def _with_tracker(people: QuerySet[YoungPerson], on: date) -> QuerySet:
    return (
        people.order_by()
        .annotate(tracker=Subquery(tracker(on).values("user")[:1]))
        .values("tracker")
        .annotate(people=Count("pk"))
        .order_by("tracker")
    )


def tracker(on: date) -> QuerySet[Responsibility]:
    """The officer who tracks them now."""
    return Responsibility.objects.filter(
        open_on(on), person=OuterRef("pk"), kind=Responsibility.Kind.TRACKING, user__isnull=False
    ).order_by("-starts_on", "-pk")


def proposal(user: User, among: Sequence[int], wanted: Wanted, on: date) -> Mapping[int, int]:
    """An officer for each young person wanted, by person: one statement. Those whom a contractor has stay theirs."""
    contract = Responsibility.objects.filter(open_on(on), kind=Responsibility.Kind.CONTRACT)
    home = Residence.objects.filter(person=OuterRef("pk"), ends_on=None)
    own = Attempt.objects.filter(person=OuterRef("pk"), tried_by=OuterRef("tracker")).order_by()
    rows = (
        to_call(user, wanted, on)
        .exclude(pk__in=contract.values("person"))
        .order_by()
        .annotate(
            tracker=Subquery(tracker(on).values("user")[:1]), lives=Subquery(home.values("district")[:1])
        )
        .annotate(tries=Subquery(own.values("person").annotate(n=Count("pk")).values("n")[:1]))
        .values_list("pk", "lives", "tracker", "tries")
    )
    return shared_out((Shared(pk, lives, now, tries or 0) for pk, lives, now, tries in rows), list(among))


def moves(user: User, among: Sequence[int], wanted: Wanted, on: date) -> tuple[Mapping[int, int], int]:
    """What sharing out would do: how many each officer would have, and how many would change hands."""
    given = proposal(user, among, wanted, on)
    now = dict(
        YoungPerson.objects.filter(pk__in=list(given))
        .annotate(tracker=Subquery(tracker(on).values("user")[:1]))
        .values_list("pk", "tracker")
    )
    changing = sum(now.get(person) != officer for person, officer in given.items())
    return Counter(given.values()), changing
