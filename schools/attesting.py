"""Reading who has said this school year that its people are the right ones, and whom the council asks there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import Place, Scope
from schools.models import Attestation, Authority, Contact, Establishment
from schools.own import own_places
from schools.rules.attesting import attested_year

# Whom a school or college names itself: who is asked about leavers, and who answers for the data.
OWN_PURPOSES = (Contact.Purpose.LEAVERS, Contact.Purpose.DATA, Contact.Purpose.RETURNS)
OWN_ROLES = frozenset(slug for slug, role in ROLES.items() if Permission.OWN_COLLEAGUES in role.permissions)


@dataclass(frozen=True)
class Attested:
    """One of somebody's own places, and whether its people were said to be right this school year."""

    place: Place
    establishment: Establishment
    said: Attestation | None


def attested_at(scope: Scope, on: date) -> list[Attested]:
    """The places whose colleagues this person looks after, by name. Two statements."""
    places = {(each.authority_id, each.establishment_id): each for each in own_places(scope)}
    found = Establishment.objects.in_bulk({number for _, number in places if number})
    said = Attestation.objects.filter(
        establishment__in=found, academic_year=attested_year(on)
    ).select_related("made_by")
    by_place: dict[tuple[int | None, int | None], Attestation] = {
        (each.authority_id, each.establishment_id): each for each in said
    }
    rows = [
        Attested(place, found[number], by_place.get((authority, number)))
        for (authority, number), place in places.items()
        if number in found
    ]
    return sorted(rows, key=lambda each: (each.establishment.name, each.establishment.pk))


def own_contacts(scope: Scope) -> QuerySet[Contact]:
    """Whom the council asks at one's own places, as far as the place names them itself."""
    own = Q(pk__in=[])
    for place in own_places(scope):
        own |= Q(authority_id=place.authority_id, establishment_id=place.establishment_id)
    found = Contact.objects.filter(own, purpose__in=OWN_PURPOSES).select_related("establishment")
    return found.order_by("establishment__name", "purpose", "name", "pk")


def places_attested(authorities: Iterable[Authority], on: date) -> QuerySet[Establishment]:
    """The establishments at which somebody may sign in for these councils: how many `people`, when it was last
    `said_on` that they are right this school year, those that have not first."""
    councils = [each.pk for each in authorities]
    held = Q(
        memberships__authority__in=councils,
        memberships__role__in=OWN_ROLES,
        memberships__user__is_active=True,
    )
    now = Q(memberships__starts_on__lte=on) & (Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on))
    said = Attestation.objects.filter(
        authority__in=councils, establishment=OuterRef("pk"), academic_year=attested_year(on)
    )
    found = Establishment.objects.annotate(
        people=Count("memberships__user", filter=held & now, distinct=True),
        said_on=Subquery(said.values("made_at")[:1]),
        said_by=Subquery(said.values("made_by__name")[:1]),
    )
    return found.filter(people__gt=0).order_by("name", "pk")
