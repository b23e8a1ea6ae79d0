"""Who is written to about a return: the people of the establishment with an account, else its contact for returns;
at the council, those who receive returns."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from neet.accounts.roles import ROLES, Permission
from returns.calendar.models import ExpectedReturn
from schools.models import Contact, Membership

RETURNING = frozenset(
    slug
    for slug, role in ROLES.items()
    if Permission.RETURN_CONTRIBUTE in role.permissions and role.placed_by == "establishment"
)
RECEIVING = frozenset(slug for slug, role in ROLES.items() if Permission.RETURN_RECEIVE in role.permissions)


@dataclass(frozen=True)
class Recipient:
    """Somebody a message can go to: the kind and number the outbox knows them by."""

    kind: str
    id: int

    @property
    def user_id(self) -> int | None:
        return self.id if self.kind == "user" else None


Place = tuple[int, int | None]
"""An authority and an establishment; a list from elsewhere has none, and nobody is written to."""


def place_of(expected: ExpectedReturn) -> Place:
    return expected.collection.authority_id, expected.establishment_id


def recipients_of(expected: Iterable[ExpectedReturn], on: date) -> dict[Place, tuple[Recipient, ...]]:
    """Whom to write to at each of these places; a place with nobody is left out. Two statements."""
    places = {place_of(each) for each in expected}
    found = _found({establishment for _, establishment in places if establishment}, on)
    return {place: people for place, people in found.items() if place in places}


def at_places(authority_id: int, establishments: Iterable[int], on: date) -> dict[int, tuple[Recipient, ...]]:
    """Whom to write to at each of these establishments about what this council asks; one with nobody is left out. Two
    statements."""
    found = _found(set(establishments), on)
    return {
        place: people for (authority, place), people in found.items() if place and authority == authority_id
    }


def _found(establishments: set[int], on: date) -> dict[Place, tuple[Recipient, ...]]:
    found: dict[Place, list[Recipient]] = defaultdict(list)
    for authority_id, establishment_id, user_id in _users(establishments, on):
        found[authority_id, establishment_id].append(Recipient("user", user_id))
    for authority_id, establishment_id, contact_id in _contacts(establishments):
        if (authority_id, establishment_id) not in found:
            found[authority_id, establishment_id] = [Recipient("contact", contact_id)]
    return {place: tuple(dict.fromkeys(people)) for place, people in found.items()}


def receivers_at(authority_id: int, on: date) -> list[Recipient]:
    """Those at the council who receive returns."""
    held = Membership.objects.running(on).filter(
        authority=authority_id, role__in=RECEIVING, user__is_active=True, tokens=None
    )
    people = held.order_by("user_id").values_list("user_id", flat=True).distinct()
    return [Recipient("user", user_id) for user_id in people]


def _users(establishments: set[int], on: date) -> Iterable[tuple[int, int, int]]:
    held = Membership.objects.running(on).filter(
        establishment__in=establishments, role__in=RETURNING, user__is_active=True, tokens=None
    )
    return held.order_by("pk").values_list("authority_id", "establishment_id", "user_id")


def _contacts(establishments: set[int]) -> Iterable[tuple[int, int, int]]:
    asked = Contact.objects.filter(establishment__in=establishments, purpose=Contact.Purpose.RETURNS)
    return asked.exclude(email="").order_by("pk").values_list("authority_id", "establishment_id", "pk")
