"""What a change would do, counted: how many it changes, how many stay as they are and why, and some of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from neet.accounts.models import User
from tracking.bulk.acts import Deed, acts
from tracking.bulk.models import BulkChange, BulkPerson
from tracking.register.actions.reach import within_reach
from tracking.register.models import YoungPerson
from tracking.register.queries.register import BY_NAME, Line, lines_of

SAMPLE = 20
TYPE_FROM = 500
NOT_YOURS = "Not yours to change any more"


@dataclass(frozen=True)
class Preview:
    """How a change would go at present."""

    changes: int
    stays: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]

    @property
    def left(self) -> int:
        return sum(number for _, number in self.stays)


def preview(change: BulkChange, user: User, on: date, at: datetime) -> Preview:
    """Counts for everybody chosen; names only of those whom whoever looks may see, twenty at most."""
    found = people_within_reach(change)
    why = weighed(change, list(found.values_list("pk", flat=True)), on, at)
    counted = Counter(reason for reason in why.values() if reason)
    counted[NOT_YOURS] += change.people.count() - len(why)
    first = [pk for pk, reason in why.items() if not reason]
    seen = YoungPerson.objects.visible_to(user).filter(pk__in=first).order_by(*BY_NAME, "pk")
    shown = YoungPerson.objects.filter(pk__in=seen.values("pk")[:SAMPLE]).order_by(*BY_NAME, "pk")
    return Preview(len(first), most_first(counted), lines_of(shown, user, on))


def people_within_reach(change: BulkChange) -> QuerySet[YoungPerson]:
    """Those chosen whom everybody who answers for the change may change now: who made it, and who agreed."""
    needs = acts()[change.act].needs
    chosen = BulkPerson.objects.filter(change=change)
    people = YoungPerson.objects.filter(pk__in=chosen.values("person"), authority=change.authority_id)
    for each in (change.made_by, change.agreed_by):
        if each is not None:
            people = people.filter(pk__in=within_reach(each, needs).values("pk"))
    return people.order_by("pk")


def weighed(change: BulkChange, people: list[int], on: date, at: datetime) -> Mapping[int, str]:
    return acts()[change.act].weighed(deed(change, people, on, at))


def deed(change: BulkChange, people: list[int], on: date, at: datetime) -> Deed:
    """The act as whoever made the change does it. Only one with a maker is weighed or done."""
    assert change.made_by is not None
    return Deed(change.authority_id, tuple(people), change.said, change.made_by, on, at)


def most_first(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((why, n) for why, n in counted.items() if n), key=lambda each: (-each[1], each[0])))


def became(change: BulkChange) -> dict[str, tuple[tuple[str, int], ...]]:
    """What became of everybody, by state and reason; one statement."""
    found: dict[str, Counter[str]] = {}
    rows = change.people.order_by().values_list("state", "why").annotate(number=Count("pk"))
    for state, why, number in rows:
        found.setdefault(state, Counter())[why] = number
    return {state: most_first(counted) for state, counted in found.items()}
