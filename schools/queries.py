"""Reading who works where, and the council's places."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import Place, Scope
from neet.statements.once import built_once_whatever_the_rules
from schools.models import (
    Authority,
    Contact,
    District,
    Establishment,
    Invitation,
    Membership,
    Service,
    SystemToken,
)

WHOLE_INSTALLATION = None


class NotYours(LookupError):
    """Not there, or not this person's to see: the two are never told apart."""


def places_of(user_id: int, on: date) -> tuple[Place, ...]:
    """The places a person holds on the day (access.md section 1); one statement."""
    return tuple(Place(*row) for row in _places(user_id, on))


@built_once_whatever_the_rules
def _places(user_id: int, on: date) -> QuerySet[Membership, Any]:
    names = (field.name for field in fields(Place))
    return Membership.objects.filter(user_id=user_id).running(on).values_list(*names)


def places_of_all(user_ids: Iterable[int], on: date) -> dict[int, tuple[Place, ...]]:
    """The places several people hold on the day, in one statement."""
    found: dict[int, tuple[Place, ...]] = {}
    for each in Membership.objects.filter(user__in=list(user_ids)).running(on):
        found[each.user_id] = (*found.get(each.user_id, ()), place_held(each))
    return found


def place_held(held: Membership | Invitation) -> Place:
    """What a membership holds, or an invitation offers."""
    return Place(
        held.role,
        held.authority_id,
        held.establishment_id,
        held.district_id,
        held.service_id,
        held.can_submit,
        held.records_for_others,
        held.supervises,
    )


@dataclass(frozen=True)
class HeldPlace:
    """One place somebody holds or held, in words."""

    id: int
    role: str
    role_words: str
    where: str
    starts_on: date
    ends_on: date | None
    drafts_only: bool
    records_for_others: bool
    supervises: bool
    state: str
    tone: str
    is_open: bool


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account and the places the reader may know of."""

    id: int
    name: str
    email: str
    telephone: str
    is_active: bool
    last_login: datetime | None
    places: tuple[HeldPlace, ...]

    @property
    def open_places(self) -> tuple[HeldPlace, ...]:
        return tuple(place for place in self.places if place.is_open)


def managed_authorities(scope: Scope) -> tuple[int, ...] | None:
    """The authorities whose people this scope may manage; None stands for every one of the installation."""
    places = scope.where(Permission.MEMBERSHIP_CHANGE)
    if any(place.authority_id is None for place in places):
        return WHOLE_INSTALLATION
    return tuple(sorted({place.authority_id for place in places if place.authority_id is not None}))


def in_authorities(field: str, authorities: Iterable[int] | None) -> Q:
    """The condition that a row belongs to one of these authorities; every row where there is no limit."""
    return Q() if authorities is WHOLE_INSTALLATION else Q(**{f"{field}__in": list(authorities)})


def memberships_managed_by(scope: Scope) -> QuerySet[Membership]:
    """Every place, running or ended, that this scope may change."""
    return Membership.objects.filter(in_authorities("authority", managed_authorities(scope))).select_related(
        "authority", "establishment", "district", "service"
    )


def accounts_managed_by(scope: Scope) -> QuerySet[User]:
    """The accounts this scope may know of: those with a place, now or once, in an authority it manages."""
    managed = managed_authorities(scope)
    if managed is WHOLE_INSTALLATION:
        return User.objects.all()
    here = Membership.objects.filter(user=OuterRef("pk"), authority__in=managed)
    return User.objects.filter(Exists(here))


@dataclass(frozen=True)
class Wanted:
    """Which people a list is to show."""

    role: str = ""
    state: str = "working"


def colleagues(scope: Scope, wanted: Wanted, on: date) -> QuerySet[User]:
    """The people this scope manages, with their places fetched beside them."""
    found = accounts_managed_by(scope)
    managed = in_authorities("authority", managed_authorities(scope))
    running = Membership.objects.filter(managed, user=OuterRef("pk")).running(on)
    if wanted.role:
        running = running.filter(role=wanted.role)
    if wanted.state == "working":
        found = found.filter(Exists(running), is_active=True)
    elif wanted.state == "left":
        found = found.exclude(Exists(running), is_active=True)
    elif wanted.role:
        found = found.filter(
            Exists(Membership.objects.filter(managed, user=OuterRef("pk"), role=wanted.role))
        )
    return found.prefetch_related(
        Prefetch("memberships", memberships_managed_by(scope), to_attr="managed_places")
    )


def colleague(scope: Scope, user_id: int, on: date) -> Colleague:
    """One person of those this scope manages. Raises NotYours."""
    places = Prefetch("memberships", memberships_managed_by(scope), to_attr="managed_places")
    user = accounts_managed_by(scope).prefetch_related(places).filter(pk=user_id).first()
    if user is None:
        raise NotYours
    return colleague_of(user, on)


def colleague_of(user: User, on: date) -> Colleague:
    """An account and its fetched places as a page shows them; running places first."""
    places = sorted(
        (held_place(each, on) for each in getattr(user, "managed_places", [])),
        key=lambda place: not place.is_open,
    )
    return Colleague(
        user.pk, user.name, user.email, user.telephone, user.is_active, user.last_login, tuple(places)
    )


def held_place(membership: Membership, on: date) -> HeldPlace:
    state, tone = _state(membership, on)
    return HeldPlace(
        id=membership.pk,
        role=membership.role,
        role_words=role_words(membership.role),
        where=place_words(membership),
        starts_on=membership.starts_on,
        ends_on=membership.ends_on,
        drafts_only=not membership.can_submit,
        records_for_others=membership.records_for_others,
        supervises=membership.supervises,
        state=state,
        tone=tone,
        is_open=state != "Ended",
    )


def _state(membership: Membership, on: date) -> tuple[str, str]:
    if membership.starts_on > on:
        return "Begins later", "waiting"
    if membership.ends_on is None:
        return "Working", "good"
    return ("Until a date", "waiting") if membership.ends_on >= on else ("Ended", "plain")


def role_words(role: str) -> str:
    return ROLES[role].words if role in ROLES else role


def place_words(held: Membership | Invitation) -> str:
    """Where a role is held: the school, district or service, and the council."""
    nearest = held.establishment or held.district or held.service
    names = [str(each) for each in (nearest, held.authority) if each]
    return ", ".join(names) or "The whole installation"


def open_invitations(scope: Scope) -> QuerySet[Invitation]:
    """Invitations nobody has answered or taken back yet, those that ran out among them."""
    return open_invitations_in(in_authorities("authority", managed_authorities(scope)))


def open_invitations_in(places: Q) -> QuerySet[Invitation]:
    """Those to these places."""
    return (
        Invitation.objects.filter(places, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("authority", "establishment", "district", "service", "invited_by")
        .order_by("-invited_at")
    )


def invitation_to_manage(scope: Scope, invitation_id: int) -> Invitation:
    """One of them. Raises NotYours."""
    found = open_invitations(scope).filter(pk=invitation_id).first()
    if found is None:
        raise NotYours
    return found


def address_of_invitation(invitation_id: int) -> str:
    """Where an open invitation goes; empty once it was used, taken back or ran out."""
    waiting = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
    return waiting.filter(expires_at__gt=clock.now()).values_list("email", flat=True).first() or ""


def address_of_contact(contact_id: int) -> str:
    """The e-mail address of a contact; empty once it is gone."""
    return Contact.objects.filter(pk=contact_id).values_list("email", flat=True).first() or ""


def system_tokens(at: datetime) -> QuerySet[SystemToken]:
    """The tokens that open something at this moment, those that run out first on top."""
    good = SystemToken.objects.filter(revoked_at=None, expires_at__gt=at, membership__user__is_active=True)
    return good.select_related(
        "membership__user", "membership__authority", "membership__establishment", "membership__district",
        "membership__service", "made_by",
    ).order_by("expires_at")  # fmt: skip


def membership_to_manage(scope: Scope, membership_id: int) -> Membership:
    """One place this scope may change. Raises NotYours."""
    found = memberships_managed_by(scope).select_related("user").filter(pk=membership_id).first()
    if found is None:
        raise NotYours
    return found


def authorities_of(scope: Scope, permission: Permission) -> QuerySet[Authority]:
    """The councils where this is permitted; all of them for a place without a council."""
    places = scope.where(permission)
    if any(place.authority_id is None for place in places):
        return Authority.objects.all()
    return Authority.objects.filter(pk__in={place.authority_id for place in places})


def establishments(
    authorities: QuerySet[Authority],
    *,
    kind: str = "",
    anywhere: bool = False,
    closed: bool = False,
    words: str = "",
) -> QuerySet[Establishment]:
    """Open or closed establishments of these authorities' areas, or of anywhere; those that hold all these words in
    their name or town, or that have the number."""
    found = Establishment.objects.filter(closed_on__isnull=not closed)
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(_numbered(word) if word.isdigit() else _named(word))
    return found if anywhere else found.filter(la_code__in=authorities.values("code"))


def _numbered(word: str) -> Q:
    return Q(number=word) | Q(urn=word) | Q(ukprn=word) | Q(name__icontains=word)


def _named(word: str) -> Q:
    return Q(name__icontains=word) | Q(town__icontains=word)


def may_keep(authorities: QuerySet[Authority], la_code: str) -> bool:
    """Whether these authorities look after the establishments of an area: it is theirs, or nobody's here."""
    return not Authority.objects.filter(code=la_code).exclude(pk__in=authorities).exists()


def establishments_kept_by(authorities: QuerySet[Authority]) -> QuerySet[Establishment]:
    """Those these authorities may change: their own, and those of councils that are not in this installation."""
    codes = Authority.objects.values("code")
    return Establishment.objects.filter(Q(la_code__in=authorities.values("code")) | ~Q(la_code__in=codes))


def contacts_of(establishment: Establishment, authorities: QuerySet[Authority]) -> QuerySet[Contact]:
    """The people one's own councils ask at an establishment."""
    return Contact.objects.filter(establishment=establishment, authority__in=authorities).select_related(
        "authority"
    )


def districts_of(authorities: QuerySet[Authority]) -> QuerySet[District]:
    return District.objects.filter(authority__in=authorities).select_related("authority")


def services_of(authorities: QuerySet[Authority]) -> QuerySet[Service]:
    return Service.objects.filter(authority__in=authorities).select_related("authority")


def authority(authority_id: int) -> Authority | None:
    """One authority, for the head of the page."""
    return next(iter(_authority(authority_id)), None)


@built_once_whatever_the_rules
def _authority(authority_id: int) -> QuerySet[Authority]:
    return Authority.objects.filter(pk=authority_id)


@dataclass(frozen=True)
class CouncilContact:
    """Whom a school asks at the council."""

    name: str
    telephone: str
    email: str


def council_contact(authority: Authority) -> CouncilContact | None:
    """The contact the council stated for its schools; None where it stated none."""
    stated = CouncilContact(authority.contact_name, authority.contact_telephone, authority.contact_email)
    return stated if stated.name or stated.telephone or stated.email else None


def allow_mailbox_codes(authority_ids: Iterable[int]) -> bool:
    """Whether every one of these authorities lets sign-in codes go to the office mailbox."""
    return not Authority.objects.filter(pk__in=list(authority_ids), allows_mailbox_codes=False).exists()


def desk_name(place: Place) -> str:
    """What a place is called when somebody chooses where to work from."""
    establishment = (
        Establishment.objects.filter(pk=place.establishment_id).first() if place.establishment_id else None
    )
    return str(establishment or authority(place.authority_id or 0) or "This installation")


def place_name(place: Place) -> str:
    """The school, district or service a role is held at; nothing where it is held for the whole council."""
    nearest: tuple[tuple[type[Establishment | District | Service], int | None], ...] = (
        (Establishment, place.establishment_id),
        (District, place.district_id),
        (Service, place.service_id),
    )
    return next((str(model.objects.get(pk=pk)) for model, pk in nearest if pk), "")
