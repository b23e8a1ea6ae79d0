"""Of whom somebody may have reports: of those whose records they work with as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import Place, scope_of
from schools.models import Authority, District, Establishment, Service
from tracking.figures.queries.tallies import Chosen

WHOLE = "council"


@dataclass(frozen=True)
class Whom:
    """Whose report it is: the council's, one district's, one service's, or one school's or college's (of whom it is for
    those now or last there). `slug` names it in an address."""

    slug: str
    words: str
    district: District | None = None
    service: Service | None = None
    establishment: Establishment | None = None

    @property
    def is_whole(self) -> bool:
        return not (self.district or self.service or self.establishment)

    @property
    def chosen(self) -> Chosen:
        """What the figures are narrowed to."""
        if self.district:
            return Chosen({"district": self.district.pk})
        if self.establishment:
            return Chosen({"school": self.establishment.pk})
        return Chosen({"service": self.service.pk}) if self.service else Chosen()


def open_to(user: User, authority: Authority) -> Sequence[Whom]:
    """Reports count small groups, so they are open to those who may cut figures freely: across the council to who is
    placed at it, a district's or service's own to who is placed there. All others have the released tables (R22).
    """
    held = _held(user, authority)
    if _across(held):
        return all_of(authority)
    districts = {place.district_id for place in held if place.district_id}
    services = {place.service_id for place in held if place.service_id}
    return [
        each
        for each in all_of(authority)
        if (each.district and each.district.pk in districts) or (each.service and each.service.pk in services)
    ]


def schools_open_to(user: User, authority: Authority) -> Sequence[Whom]:
    """Schools and colleges are held against each other across the council: for who may have reports of it as a whole.
    One statement."""
    return schools_of(authority) if _across(_held(user, authority)) else ()


def schools_of(authority: Authority) -> Sequence[Whom]:
    """The open schools and colleges of the council's area, by name; one statement."""
    others = (Establishment.Kind.PROVIDER, Establishment.Kind.OTHER)
    found = Establishment.objects.filter(la_code=authority.code, closed_on=None).exclude(kind__in=others)
    return [of_school(each) for each in found.order_by("name", "pk")]


def of_school(school: Establishment) -> Whom:
    return Whom(f"school-{school.pk}", school.name, establishment=school)


def _held(user: User, authority: Authority) -> Sequence[Place]:
    explores = scope_of(user).where(Permission.FIGURES_EXPLORE)
    return [place for place in explores if place.authority_id == authority.pk]


def _across(held: Sequence[Place]) -> bool:
    return any(ROLES[place.role].placed_by == "authority" for place in held)


def all_of(authority: Authority) -> Sequence[Whom]:
    """The council, then its districts, then its services; two statements."""
    districts = District.objects.filter(authority=authority).order_by("name", "pk")
    services = Service.objects.filter(authority=authority).order_by("name", "pk")
    return [
        Whom(WHOLE, authority.name),
        *(Whom(f"district-{each.pk}", each.name, district=each) for each in districts),
        *(Whom(f"service-{each.pk}", each.name, service=each) for each in services),
    ]
