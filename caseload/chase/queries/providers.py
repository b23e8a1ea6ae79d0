"""Those whom one school, college or provider could tell of: not known any more, or to be confirmed soon (R47)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from caseload.chase.queries.people import may_be_asked
from neet.accounts.models import User
from schools.models import Contact, Establishment
from tracking.models import Activity, Situation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.register import Line
from tracking.register.queries.standing import counting, running_out
from tracking.register.rules.activities import not_known_codes
from tracking.rules.currency import ActivityFacts, lapses_on

WITHIN = (14, 30, 60)
PLACE = "situation__activity__establishment"


@dataclass(frozen=True)
class PlaceLine:
    """A school, college or provider with how many of its people ran out, and how many will within the days asked."""

    establishment_id: int
    name: str
    town: str
    ran_out: int
    soon: int

    @property
    def people(self) -> int:
        return self.ran_out + self.soon


def known_there(user: User, on: date) -> QuerySet[YoungPerson]:
    """Young people this user sees whose last known activity is at an establishment and has no other end."""
    goes_on = Q(situation__ends_on__isnull=True) | Q(situation__ends_on__gte=on)
    people = YoungPerson.objects.visible_to(user).filter(may_be_asked(on), goes_on)
    return people.exclude(situation__code__in=not_known_codes(ruleset(on))).filter(
        **{f"{PLACE}__isnull": False}
    )


def to_confirm_at(user: User, establishment_id: int, days: int, on: date) -> QuerySet[YoungPerson]:
    """Those of one place who are out of date or will be within so many days, unordered."""
    wanted = ~counting(on) | running_out(days, on)
    return known_there(user, on).filter(wanted, **{PLACE: establishment_id})


def places(user: User, days: int, on: date) -> tuple[PlaceLine, ...]:
    """The places that one call each would clear, the most people first; one statement."""
    ran_out, soon = Count("pk", filter=~counting(on)), Count("pk", filter=running_out(days, on))
    rows = (
        known_there(user, on)
        .order_by()
        .values(place=F(f"{PLACE}_id"), name=F(f"{PLACE}__name"), town=F(f"{PLACE}__town"))
        .annotate(ran_out=ran_out, soon=soon)
        .filter(Q(ran_out__gt=0) | Q(soon__gt=0))
    )
    found = (PlaceLine(row["place"], row["name"], row["town"], row["ran_out"], row["soon"]) for row in rows)
    return tuple(sorted(found, key=lambda each: (-each.people, each.name, each.establishment_id)))


@dataclass(frozen=True)
class ToConfirm:
    """One of its people: whether a confirmation of today would make what we know count for longer, and when what they
    do is expected to end."""

    person: Line
    may_be_confirmed: bool
    ends_on: date | None


def to_confirm(people: Sequence[Line], on: date) -> tuple[ToConfirm, ...]:
    """These with what a confirmation of today would do for each: nothing where the end expected on record is near, or
    where it counts until the end of the year whatever is said. One statement."""
    held = Situation.objects.filter(person__in=[each.pk for each in people]).select_related("activity")
    activities = {each.person_id: each.activity for each in held if each.activity}
    return tuple(_asked_of(each, activities.get(each.pk), on) for each in people)


def _asked_of(person: Line, activity: Activity | None, on: date) -> ToConfirm:
    if activity is None:
        return ToConfirm(person, may_be_confirmed=False, ends_on=None)
    facts = ActivityFacts(activity.code, activity.starts_on, activity.predicted_end_on, activity.review_on)
    helps = _longer(lapses_on(facts, on, ruleset(on)), person, on)
    return ToConfirm(person, helps, activity.predicted_end_on)


def _longer(until: date | None, person: Line, on: date) -> bool:
    """Whether it would count for longer than now."""
    now = person.standing.facts.counts_until
    return until is None or now is None or until > max(now, on)


def contacts_at(establishment: Establishment, authority_id: int) -> QuerySet[Contact]:
    """Whom this council asks there."""
    return Contact.objects.filter(authority=authority_id, establishment=establishment).order_by(
        "purpose", "name"
    )
