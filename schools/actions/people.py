"""Who works where: places given, changed and ended; accounts closed and opened again."""

from datetime import date, timedelta

from django.db import transaction

from neet import clock
from neet.accounts import actions as accounts
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import Place, scope_of
from neet.audit.actions import recorded
from neet.messages.actions import send
from neet.turns import one_at_a_time
from schools.kinds import Kind
from schools.models import District, Membership, PlaceQuerySet, Service
from schools.queries import managed_authorities, place_held
from schools.rules.placing import (
    MISSING,
    TERMS,
    Reach,
    Terms,
    is_last_of_its_kind,
    missing_part,
    pared,
    refusal,
)

# One person at a time takes places away, or two could each take the other's last one.
LAST_OF_A_ROLE = "last_of_a_role"


class Refused(ValueError):
    """This may not be done; the message says why in words for the page."""


def reach_of(user: User) -> Reach:
    """Whose places this user may give and take."""
    scope = scope_of(user)
    managed = managed_authorities(scope)
    own = scope.where(Permission.OWN_COLLEAGUES)
    return Reach(user.pk, everywhere=managed is None, authority_ids=managed or (), own=own)


def checked(place: Place, *, by: User, to_user_id: int | None) -> Place:
    """The place as it may be given. Raises Refused."""
    if why := refusal(reach_of(by), place, to_user_id):
        raise Refused(why)
    if part := missing_part(place):
        raise Refused(MISSING[part])
    place = pared(place)
    if not _belongs(place):
        raise Refused("That district or service belongs to another council.")
    return place


def _belongs(place: Place) -> bool:
    inside = {District: place.district_id, Service: place.service_id}
    return all(
        model._default_manager.filter(pk=pk, authority=place.authority_id).exists()
        for model, pk in inside.items()
        if pk
    )


def give_place(*, user: User, place: Place, terms: Terms, by: User) -> Membership:
    """Give somebody who has an account a further place. Raises Refused."""
    place = checked(place, by=by, to_user_id=user.pk)
    with recorded(Kind.PLACE_GIVEN, by=by, authority_id=place.authority_id, counts={"account": user.pk}):
        return Membership.objects.create(user=user, **held_in(place), **_dated(terms))


def change_place(*, membership: Membership, terms: Terms, by: User) -> Membership:
    """Change from when to when a place is held, and what it lets them confirm. Raises Refused."""
    _may_take(membership, by)
    with recorded(
        Kind.PLACE_CHANGED,
        by=by,
        authority_id=membership.authority_id,
        counts={"account": membership.user_id},
    ):
        if terms.ends_on is not None:
            _keep_the_last(Membership.objects.filter(pk=membership.pk), terms.ends_on)
        for name, value in _dated(terms).items():
            setattr(membership, name, value)
        membership.save()
    return membership


def end_place(*, membership: Membership, on: date, by: User) -> Membership:
    """Let a place end after this day; one that never began goes. Raises Refused."""
    _may_take(membership, by)
    with recorded(
        Kind.PLACE_ENDED, by=by, authority_id=membership.authority_id, counts={"account": membership.user_id}
    ):
        _keep_the_last(Membership.objects.filter(pk=membership.pk), on)
        if on < membership.starts_on:
            membership.delete()
        else:
            membership.ends_on = on
            membership.save(update_fields=["ends_on"])
    return membership


def close_account(*, user: User, why: str, by: User) -> User:
    """Nobody signs in with this account from now on, and whoever is signed in with it is out. Raises Refused."""
    _may_close(user, by)
    with transaction.atomic():
        _keep_the_last(Membership.objects.filter(user=user), clock.today() - timedelta(days=1))
        accounts.deactivate(user=user, by=by, why=why)
    return user


def take_second_step_away(*, user: User, why: str, by: User) -> User:
    """Let somebody who lost app, passkey and printed codes begin with a new one; a message tells them, in case it was
    not they who asked. Raises Refused."""
    _may_close(user, by, instead="Ask whoever looks after all councils’ accounts.")
    with transaction.atomic():
        accounts.take_second_factor_away(user=user, by=by, why=why)
        send(template="second_step_gone", to=("user", user.pk))
    return user


def close_unused(*, user: User, why: str) -> User:
    """Close an account nobody uses, by nobody's hand. Raises Refused for the last one that looks after accounts."""
    with transaction.atomic():
        _keep_the_last(Membership.objects.filter(user=user), clock.today() - timedelta(days=1))
        accounts.deactivate(user=user, by=None, why=why)
    return user


def reopen_account(*, user: User, why: str, by: User) -> User:
    """Let somebody sign in again who came back; their places are as they were. Raises Refused."""
    _may_close(user, by)
    accounts.reactivate(user=user, by=by, why=why)
    return user


def held_in(place: Place) -> dict[str, str | int | None]:
    """A place as the columns of a membership or an invitation."""
    return {
        "role": place.role,
        "authority_id": place.authority_id,
        "establishment_id": place.establishment_id,
        "district_id": place.district_id,
        "service_id": place.service_id,
    }


def _dated(terms: Terms) -> dict[str, date | bool | None]:
    if terms.ends_on is not None and terms.ends_on < terms.starts_on:
        raise Refused("The last day must be on or after the first day.")
    return {name: getattr(terms, name) for name in TERMS}


def _may_take(membership: Membership, by: User) -> None:
    if why := refusal(reach_of(by), place_held(membership), membership.user_id):
        raise Refused(why)


def _may_close(user: User, by: User, instead: str = "End their places in yours instead.") -> None:
    """An account that also works for a council one does not manage is not one's to close, nor one's own."""
    reach = reach_of(by)
    if user.pk == by.pk:
        raise Refused("You cannot do this to your own account. Ask a colleague who manages accounts.")
    elsewhere = (
        Membership.objects.filter(user=user).running(clock.today()).exclude(authority__in=reach.authority_ids)
    )
    if not reach.everywhere and elsewhere.exists():
        raise Refused(f"This person also works for another council. {instead}")


def _keep_the_last(leaving: PlaceQuerySet, on: date) -> None:
    """Refuse when nobody would be left after that day in a role that looks after the accounts. A program is nobody."""
    one_at_a_time(LAST_OF_A_ROLE)
    day = max(on, clock.today()) + timedelta(days=1) if on >= clock.today() else clock.today()
    staying = (
        Membership.objects.running(day)
        .filter(user__is_active=True, tokens=None)
        .exclude(pk__in=leaving.values("pk"))
    )
    others = list(staying.values_list("role", "authority_id"))
    for role, authority_id in (
        leaving.running(clock.today()).filter(tokens=None).values_list("role", "authority_id")
    ):
        if is_last_of_its_kind(role, authority_id, others):
            raise Refused(
                "Nobody else could look after the accounts then. Give this role to somebody else first."
            )
