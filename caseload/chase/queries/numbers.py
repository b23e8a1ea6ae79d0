"""Which numbers may be rung, and what calls to them came to."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from caseload.chase import sql
from caseload.chase.models import Attempt
from caseload.chase.queries.people import keys_of, rows
from caseload.chase.rules.hours import BOUNDS, House
from caseload.chase.rules.ranking import Number
from neet.accounts.models import User
from neet.clock import LONDON
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.columns import asker, contact_points, open_on
from tracking.register.models import ContactPoint, YoungPerson

NUMBERS, HOUSE = sql.text("numbers"), sql.text("house")
RUNG = (ContactPoint.Kind.MOBILE, ContactPoint.Kind.TELEPHONE)
BANDS = len(BOUNDS) + 1


def numbers_of(people: QuerySet[YoungPerson], user: User, on: date) -> dict[int, tuple[Number, ...]]:
    """The numbers of these people that this user may be shown and ring, by person: one statement."""
    found: dict[int, list[Number]] = defaultdict(list)
    parts = {"wanted": keys_of(people), "points": points(user, on)}
    for pk, person, whose, tried_on, *counted in rows(NUMBERS, parts, asked_of(on)):
        found[person].append(Number(pk, whose, counted[:BANDS], counted[BANDS:], tried_on))
    return {person: tuple(numbers) for person, numbers in found.items()}


@built_once
def points(user: User, on: date) -> QuerySet[Any, Any]:
    """Every number that this user may be shown and ring."""
    held = ContactPoint.objects.filter(
        contact_points(asker(user, on)), open_on(on), do_not_use=False, kind__in=RUNG
    )
    return held.order_by().values("id", "person_id", "whose")


def house_of(authority_ids: Iterable[int], on: date) -> House:
    """What these councils' own calls came to lately: one statement."""
    answered: dict[tuple[str, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    told: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    asked = {**asked_of(on), "authorities": list(authority_ids)}
    for whose, source, band, tried, reached, learned in rows(HOUSE, {}, asked):
        if whose:
            before = answered[whose, band]
            answered[whose, band] = (before[0] + tried, before[1] + reached)
        before = told[source]
        told[source] = (before[0] + reached, before[1] + learned)
    return House(dict(answered), dict(told))


def asked_of(on: date) -> dict[str, Any]:
    """What the statements about numbers ask by."""
    days = ruleset(on).weights.limit("days_of_history")
    return {
        "zone": LONDON.key,
        "bounds": list(BOUNDS),
        "looked_back": datetime.combine(on - timedelta(days=days), time(), LONDON),
        "telephone": str(Attempt.Channel.TELEPHONE),
    }
