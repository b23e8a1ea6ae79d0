"""Reading accounts: by which second factors somebody may sign in, and whether this is a demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.models import DEMONSTRATION_DOMAIN, Device, Installation, SignOn, User
from neet.accounts.roles import ROLES
from neet.accounts.rules.sign_on import Provider
from neet.accounts.scope import Place, Scope, scope_of
from neet.accounts.secrets import digest


@dataclass(frozen=True)
class SecondFactors:
    """What a person can answer with. `mailbox` is whether a code by e-mail opens the door, not only the cupboard where
    a first key is made (`first_time`)."""

    app: bool
    passkeys: int
    recovery_codes: int
    mailbox: bool

    @property
    def first_time(self) -> bool:
        return not (self.app or self.passkeys)


def second_factors_of(user: User) -> SecondFactors:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return SecondFactors(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=user.recovery_codes.filter(used_at=None).count(),
        mailbox=may_use_mailbox(user),
    )


def may_use_mailbox(user: User) -> bool:
    """A code by e-mail will do: nobody's place opens whole lists of children, and their authorities allow it."""
    scope = scope_of(user)
    authorities = {place.authority_id for place in scope.all_places if place.authority_id}
    return (
        bool(scope.all_places)
        and not scope.bulk
        and import_string(settings.MAILBOX_CODES_SOURCE)(authorities)
    )


def may_remember_device(user: User) -> bool:
    """For thirty days, and never where a place opens whole lists of children."""
    scope = scope_of(user)
    return bool(scope.all_places) and not scope.bulk


def remembered_device(user: User, token: str) -> Device | None:
    """The remembered device behind a browser's token, while it holds for this person."""
    if not token or not may_remember_device(user):
        return None
    mark = digest(user.password, about="device password")
    held = user.devices.filter(until__gt=clock.now(), password_mark=mark)
    return held.filter(token_hash=digest(token, about="device")).first()


def is_marked_as_demonstration() -> bool:
    """Seed filled this installation while it was empty: no real register, no real invitation belongs here."""
    return Installation.objects.filter(is_demonstration=True).exists()


def sign_on_providers() -> dict[str, Provider]:
    """With whose accounts one may sign in here; with nobody's in a demonstration."""
    return {} if not settings.SIGN_ON or is_marked_as_demonstration() else settings.SIGN_ON


def signs_in_as(user: User, issuer: str, subject: str) -> bool:
    """Whether that account elsewhere is this person's."""
    return user.sign_ons.filter(issuer=issuer, subject=subject).exists()


def sign_ons_of(user: User) -> list[tuple[str, SignOn]]:
    """The accounts elsewhere that sign in as this person, by their names."""
    names = {each.issuer: each.name for each in sign_on_providers().values()}
    return [(names.get(each.issuer, each.issuer), each) for each in user.sign_ons.all()]


def is_of_authority(user: User, code: str) -> bool:
    """Whether the person holds a place at the authority with this DfE code today."""
    authority_of = import_string(settings.AUTHORITY_SOURCE)
    held = {place.authority_id for place in scope_of(user).all_places if place.authority_id}
    return any(found is not None and found.code == code for found in map(authority_of, sorted(held)))


def demonstration_is_open() -> bool:
    """Anybody may step into the invented accounts: three locks, each of which keeps the door shut by itself."""
    return bool(settings.DEMO) and not settings.PRODUCTION and is_marked_as_demonstration()


def demonstration_accounts() -> QuerySet[User]:
    """The invented accounts of the demonstration page."""
    return User.objects.filter(email__endswith=f"@{DEMONSTRATION_DOMAIN}", is_active=True).order_by("id")


def roles_in_words(user: User) -> str:
    """What somebody is, for their own pages."""
    return _roles(scope_of(user).all_places)


def places_in_words(user: User) -> str:
    """The schools, districts and services somebody works at; nothing for the whole council."""
    name_of = import_string(settings.PLACE_NAMES)
    return ", ".join(filter(None, (name_of(place) for place in scope_of(user).all_places)))


def stands_at(user: User) -> str:
    """Where somebody works: the schools, districts and services, or the council for the whole of which they do."""
    name_of = import_string(settings.DESK_NAMES)
    return places_in_words(user) or ", ".join({name_of(place): "" for place in scope_of(user).all_places})


def desks_in_words(scope: Scope) -> list[tuple[str, str]]:
    """The desks of somebody with several, each by the name of its place and what they are there."""
    name_of = import_string(settings.DESK_NAMES)
    held: dict[str, list[Place]] = {}
    for place in scope.all_places:
        held.setdefault(place.desk, []).append(place)
    return [(desk, f"{name_of(places[0])} ({_roles(places)})") for desk, places in sorted(held.items())]


def _roles(places: Iterable[Place]) -> str:
    return ", ".join(sorted({ROLES[place.role].words for place in places if place.role in ROLES}))
