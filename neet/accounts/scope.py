"""Where a person may look: the places they hold today, read once for each request."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import (
    FOR_BUSINESS_SUPPORT,
    FOR_SUBMITTERS,
    FOR_SUPERVISORS,
    MAY_BE_BUSINESS_SUPPORT,
    MAY_SUPERVISE,
    ROLES,
    Permission,
)
from neet.statements.parts import Number, Parts, parted, renumbered


@dataclass(frozen=True)
class Place:
    """One role held at one place. An authority of None means the whole installation (system administrators). Without
    `can_submit` returns are prepared there for a colleague to send; with `records_for_others` a caseworker is business
    support; who `supervises` tracking shares the calls out."""

    role: str
    authority_id: int | None = None
    establishment_id: int | None = None
    district_id: int | None = None
    service_id: int | None = None
    can_submit: bool = True
    records_for_others: bool = False
    supervises: bool = False

    @property
    def desk(self) -> str:
        """Places of one desk are worked from together; somebody with several desks chooses one."""
        return f"{self.authority_id or 0}-{self.establishment_id or 0}"

    def can(self, permission: Permission) -> bool:
        if permission in FOR_SUBMITTERS and not self.can_submit:
            return False
        if permission in FOR_BUSINESS_SUPPORT and self.records_for_others:
            return self.role in MAY_BE_BUSINESS_SUPPORT
        if permission in FOR_SUPERVISORS and self.supervises:
            return self.role in MAY_SUPERVISE
        return self.role in ROLES and permission in ROLES[self.role].permissions


PlacesOf = Callable[[int, date], tuple[Place, ...]]


@dataclass(frozen=True)
class Scope:
    """What one person may do, and where. Nobody's scope is empty places, which permit nothing."""

    user_id: int | None
    places: tuple[Place, ...] = ()
    all_places: tuple[Place, ...] = ()

    def can(self, permission: Permission) -> bool:
        return any(place.can(permission) for place in self.places)

    def where(self, permission: Permission) -> tuple[Place, ...]:
        """The places at which this is permitted: a right held at one place reaches nobody at another."""
        return tuple(place for place in self.places if place.can(permission))

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(place.role for place in self.places)

    @cached_property
    def authority_ids(self) -> tuple[int, ...]:
        return tuple(sorted({place.authority_id for place in self.places if place.authority_id is not None}))

    @cached_property
    def bulk(self) -> bool:
        """Any place, chosen or not, that opens whole lists of children."""
        return any(ROLES[place.role].bulk for place in self.all_places if place.role in ROLES)

    @cached_property
    def desks(self) -> tuple[str, ...]:
        return tuple(sorted({place.desk for place in self.all_places}))


NOWHERE = Scope(user_id=None)


def scope_of(user: User, *, on: date | None = None) -> Scope:
    """The person's scope today, kept on the user object for the length of the request.

    Where they hold several desks and chose one (`choose_desk`), it is that desk's places only.
    """
    if not user.is_authenticated or not user.is_active:
        return NOWHERE
    kept: Scope | None = user.kept_scope
    if kept is None:
        places: PlacesOf = import_string(settings.SCOPE_SOURCE)
        held = places(user.pk, on or clock.today())
        kept = user.kept_scope = Scope(user.pk, _at_desk(held, user.chosen_desk), held)
    return kept


def keep_scopes(users: Iterable[User], held: Mapping[int, tuple[Place, ...]]) -> None:
    """Give several people the places they hold, read for all of them at once: what `scope_of` then answers with."""
    for user in users:
        places = held.get(user.pk, ())
        user.kept_scope = Scope(user.pk, places, places)


def choose_desk(user: User, desk: str) -> None:
    """Narrow the person's scope to one desk; a desk they do not hold changes nothing."""
    user.chosen_desk, user.kept_scope = desk, None


def _at_desk(places: tuple[Place, ...], desk: str) -> tuple[Place, ...]:
    return tuple(place for place in places if place.desk == desk) or places


# A statement built once is the same for everybody of the same roles: of people and places only the numbers differ.
@parted.register
def _(user: User) -> Parts:
    scope = scope_of(user)
    look, numbers = parted((scope.user_id, *(_told(each) for each in (scope.places, scope.all_places))))
    return (user.is_active, look), numbers


@renumbered.register
def _(user: User, numbers: Iterator[Number]) -> Any:
    """Somebody of whom only the number and the places are known."""
    scope = scope_of(user)
    told = renumbered((scope.user_id, *(_told(each) for each in (scope.places, scope.all_places))), numbers)
    number, places, all_places = told
    other = User.from_db("default", ["id", "is_active"], [number, user.is_active])
    other.kept_scope = Scope(
        number, tuple(Place(*each) for each in places), tuple(Place(*each) for each in all_places)
    )
    return other


def _told(places: tuple[Place, ...]) -> tuple[Any, ...]:
    return tuple(tuple(getattr(place, each.name) for each in fields(place)) for place in places)
