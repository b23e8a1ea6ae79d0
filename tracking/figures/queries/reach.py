"""Whose young people somebody's figures count: the whole council's, or those of their districts and services."""

from dataclasses import dataclass
from typing import Any

from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of


@dataclass(frozen=True)
class Reach:
    """Whose records somebody may open in a council: everybody's, or those of some districts and services."""

    districts: tuple[int, ...] | None = None
    services: tuple[int, ...] | None = None

    @property
    def is_whole(self) -> bool:
        return self.districts is None or self.services is None

    def condition(self, alias: str, parameters: dict[str, Any]) -> str:
        """The condition in SQL on a record or sum of that alias; what it asks is put among the parameters."""
        if self.is_whole:
            return "true"
        parameters |= {
            "reach_districts": list(self.districts or ()),
            "reach_services": list(self.services or ()),
        }
        return (
            f"({alias}.district_id = any(%(reach_districts)s::bigint[])"
            f" or {alias}.service_id = any(%(reach_services)s::bigint[]))"
        )

    def holds(self, district: int | None, service: int | None) -> bool:
        """Whether somebody of that district and service is reached: the same condition, for numbers that were kept."""
        return self.is_whole or district in (self.districts or ()) or service in (self.services or ())

    def offers(self, name: str, key: int) -> bool:
        """Whether a district or a service is worth asking for: who reaches some districts only finds no others."""
        if name == "district" and self.districts is not None and not self.services:
            return key in self.districts
        return name != "service" or self.services is None or bool(self.districts) or key in self.services


EVERYBODY, NOBODY = Reach(), Reach((), ())


def reach_of(user: User, authority_id: int) -> Reach | None:
    """How far somebody may cut figures freely: as far as they may open records without stating a reason each
    time. None: not at all."""
    places = [
        place
        for place in scope_of(user).where(Permission.FIGURES_EXPLORE)
        if place.authority_id == authority_id and place.role not in STATES_A_REASON
    ]
    if not places:
        return None
    if any(place.district_id is None and place.service_id is None for place in places):
        return EVERYBODY
    return Reach(
        tuple(sorted({place.district_id for place in places if place.district_id})),
        tuple(sorted({place.service_id for place in places if place.service_id})),
    )


def reach_as_reader(user: User, authority_id: int) -> Reach:
    """The same for a page whose parts are only there for those who cut freely: who may not reaches nobody."""
    return reach_of(user, authority_id) or NOBODY
