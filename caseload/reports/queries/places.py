"""Of whom somebody may have reports: of those whose records they work with as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from schools.models import Authority, District, Service
from tracking.figures.queries.tallies import Chosen

WHOLE = "council"


@dataclass(frozen=True)
class Whom:
    """Whose report it is: the council's, one district's or one service's. `slug` names it in an address."""

    slug: str
    words: str
    district: District | None = None
    service: Service | None = None

    @property
    def chosen(self) -> Chosen:
        """What the figures are narrowed to."""
        if self.district:
            return Chosen({"district": self.district.pk})
        return Chosen({"service": self.service.pk}) if self.service else Chosen()


def open_to(user: User, authority: Authority) -> Sequence[Whom]:
    """Reports count small groups, so they are open to those who may cut figures freely: across the council to who is
    placed at it, a district's or service's own to who is placed there. All others have the released tables (R22).
    """
    held = [
        place
        for place in scope_of(user).where(Permission.FIGURES_EXPLORE)
        if place.authority_id == authority.pk
    ]
    if any(ROLES[place.role].placed_by == "authority" for place in held):
        return all_of(authority)
    districts = {place.district_id for place in held if place.district_id}
    services = {place.service_id for place in held if place.service_id}
    return [
        each
        for each in all_of(authority)
        if (each.district and each.district.pk in districts) or (each.service and each.service.pk in services)
    ]


def all_of(authority: Authority) -> Sequence[Whom]:
    """The council, then its districts, then its services; two statements."""
    districts = District.objects.filter(authority=authority).order_by("name", "pk")
    services = Service.objects.filter(authority=authority).order_by("name", "pk")
    return [
        Whom(WHOLE, authority.name),
        *(Whom(f"district-{each.pk}", each.name, district=each) for each in districts),
        *(Whom(f"service-{each.pk}", each.name, service=each) for each in services),
    ]
