"""Puts the invented councils, their places and the accounts of their people into the database."""

from datetime import date
from random import Random

from neet.accounts.actions import create_account, create_demonstration_account
from neet.accounts.models import User
from neet.accounts.roles import ROLES
from schools.models import Authority, Contact, District, Establishment, Membership, Service
from tracking.seeding import identifiers, names, places
from tracking.seeding.places import Council, CouncilPlan, Place, PlacePlan
from tracking.seeding.sizes import Size

DOMAIN = "example.org"
LONG_AGO = date(2015, 4, 1)
SECOND_HOLDERS = ("district_lead", "school_user")


def make_council(rng: Random, plan: CouncilPlan, neighbour: str, size: Size, *, open_doors: bool) -> Council:
    """One council with its districts, services, places and accounts. Open doors: accounts for the demonstration."""
    authority = Authority.objects.create(
        code=plan.code, name=plan.name, database_id="444", contact_name="Data team",
        contact_telephone=identifiers.telephone(rng), contact_email=f"data@{DOMAIN}",
    )  # fmt: skip
    districts = District.objects.bulk_create(
        District(authority=authority, name=name) for name in plan.districts
    )
    services = Service.objects.bulk_create(
        Service(authority=authority, slug=slug, name=name, short_name=short)
        for slug, name, short in places.SERVICES
    )
    made = _make_places(plan)
    _make_contacts(rng, authority, made)
    workers = Accounts(
        rng, authority, districts, {each.slug: each for each in services}, made, open_doors
    ).make()
    return _council(plan, authority, neighbour, districts, services, made, workers)


def _make_places(plan: CouncilPlan) -> list[Place]:
    taken = set(Establishment.objects.filter(la_code=plan.code).values_list("number", flat=True))
    rows = Establishment.objects.bulk_create(
        Establishment(
            name=each.name, kind=each.kind, la_code=plan.code, number="" if each.number in taken else each.number,
            ukprn=each.ukprn, town=plan.towns[each.town].name, postcode=f"ZZ{plan.towns[each.town].area} 1AA",
            highest_year_group=each.highest_year_group, short_code=each.number[3:],
        )
        for each in plan.places
    )  # fmt: skip
    return [_place(row, each) for row, each in zip(rows, plan.places, strict=True)]


def _place(row: Establishment, plan: PlacePlan) -> Place:
    has_sixth_form = plan.kind == "school" and plan.highest_year_group > 11
    return Place(row.pk, plan.kind, plan.number, plan.name, plan.ukprn, plan.town, has_sixth_form)


def _make_contacts(rng: Random, authority: Authority, made: list[Place]) -> None:
    Contact.objects.bulk_create(
        Contact(
            authority=authority, establishment_id=place.id, purpose=purpose, name=_full_name(rng),
            email=f"{purpose}.{place.number}@{DOMAIN}", telephone=identifiers.telephone(rng),
        )
        for place in made
        for purpose in ("returns", "leavers")
    )  # fmt: skip


def _full_name(rng: Random) -> str:
    return f"{names.given_name(rng, 'F' if rng.random() < 0.6 else 'M')} {names.family_name(rng)}"


def _council(plan, authority, neighbour, districts, services, made, workers) -> Council:
    def of(kind: str) -> tuple[Place, ...]:
        return tuple(place for place in made if place.kind == kind)

    by_name = {district.name: district.pk for district in districts}
    return Council(
        id=authority.pk,
        code=plan.code,
        neighbour=neighbour,
        county=plan.county,
        districts=tuple(by_name[name] for name in plan.districts),
        towns=plan.towns,
        schools=of("school"),
        special=of("special")[0],
        alternative=of("alternative")[0],
        sixth_form_college=of("sixth_form_college")[0],
        colleges=of("college"),
        special_college=of("special_college")[0],
        providers=of("provider"),
        services={service.slug: service.pk for service in services},
        workers=workers,
    )


class Accounts:
    """One account for each role, and second ones where two places must be kept apart."""

    def __init__(self, rng, authority, districts, services, made, open_doors) -> None:
        self.rng, self.authority, self.districts, self.services = rng, authority, districts, services
        self.made, self.open_doors = made, open_doors

    def make(self) -> dict[str, int]:
        """The accounts' numbers by role."""
        workers: dict[str, int] = {}
        memberships = []
        for slug in [*ROLES, *SECOND_HOLDERS]:
            is_second = slug in workers
            user = self._user(slug, is_second)
            workers.setdefault(slug, user.pk)
            memberships.append(self._membership(slug, user, is_second))
        Membership.objects.bulk_create(memberships)
        return workers

    def _user(self, slug: str, is_second: bool) -> User:
        name, mark = _full_name(self.rng), "-2" if is_second else ""
        if self.open_doors:
            return create_demonstration_account(slug=slug.replace("_", "-") + mark, name=name)
        email = f"{slug.replace('_', '.')}{mark}.{self.authority.code}@{DOMAIN}"
        return create_account(email=email, name=name, password=None, by=None)

    def _membership(self, slug: str, user: User, is_second: bool) -> Membership:
        placed_by = ROLES[slug].placed_by
        membership = Membership(user=user, role=slug, starts_on=LONG_AGO)
        if placed_by:
            membership.authority = self.authority
        if placed_by == "district":
            membership.district = self.districts[1 if is_second else 0]
        if placed_by == "service":
            membership.service = self.services[self._service_of(slug)]
        if placed_by == "establishment":
            membership.establishment_id = self._establishment_of(slug, is_second)
        return membership

    def _service_of(self, slug: str) -> str:
        return {"contractor": "contractor", "service_lead": "send", "hub_worker": "open-access"}.get(
            slug, "neet-support"
        )

    def _establishment_of(self, slug: str, is_second: bool) -> int:
        kind = "college" if slug == "college_user" else "school"
        return [place for place in self.made if place.kind == kind][1 if is_second else 0].id
