"""Offering an account to somebody by e-mail, and taking the offer up. Nobody but the invited knows the token."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from neet import clock
from neet.accounts.actions import create_account
from neet.accounts.models import User
from neet.accounts.queries import is_marked_as_demonstration
from neet.accounts.roles import ROLES
from neet.accounts.scope import Place
from neet.accounts.secrets import digest, new_token
from neet.audit.actions import recorded
from neet.messages.actions import send
from schools.actions.people import Refused, checked, held_in
from schools.kinds import Kind
from schools.models import Invitation, Membership
from schools.queries import place_held

HOLDS_FOR = timedelta(days=7)
PLACE = ("role", "authority_id", "establishment_id", "district_id", "service_id", "can_submit")


class NotUsable(LookupError):
    """No such invitation, or one used, taken back, out of date or somebody else's: never told apart."""


def hash_of(token: str) -> str:
    return digest(token, about="invitation")


def invite(*, name: str, email: str, place: Place, by: User) -> Invitation:
    """Offer this place to this address for seven days; earlier offers of it to that address end. Raises Refused.

    The message lies in the outbox as soon as the offer stands. It names the invited, the role and the council, nobody
    else.
    """
    email = email.strip().lower()
    if email == by.email.lower():
        raise Refused("You cannot change your own role. Ask a colleague who manages accounts.")
    if is_marked_as_demonstration():
        raise Refused("This is a demonstration: nobody real is invited.")
    place = checked(place, by=by, to_user_id=None)
    now = clock.now()
    with recorded(Kind.INVITATION_SENT, by=by, authority_id=place.authority_id) as event:
        _open().filter(email=email, **held_in(place)).update(withdrawn_at=now)
        invitation = Invitation.objects.create(
            name=name.strip(), email=email, invited_by=by, invited_at=now, expires_at=now + HOLDS_FOR,
            token_hash=hash_of(new_token()), can_submit=place.can_submit, **held_in(place),
        )  # fmt: skip
        event.counts = {"invitation": invitation.pk}
        _post(invitation)
    return invitation


def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """Send the message once more, for another seven days from now; the link sent before is dead. Raises Refused."""
    place = checked(place_held(invitation), by=by, to_user_id=None)
    counts = {"invitation": invitation.pk}
    with recorded(Kind.INVITATION_SENT, by=by, authority_id=place.authority_id, counts=counts, why="again"):
        found = _open().select_for_update(of=("self",)).filter(pk=invitation.pk).first()
        if found is None:
            raise Refused("This invitation was used or taken back.")
        found.token_hash, found.expires_at = hash_of(new_token()), clock.now() + HOLDS_FOR
        found.save(update_fields=["token_hash", "expires_at"])
        _post(found)
    return found


def _post(invitation: Invitation) -> None:
    send(template="invitation", to=("invitation", invitation.pk), authority_id=invitation.authority_id)


def said_in(invitation_id: int) -> dict[str, Any]:
    """What the message says, made while it is sent: the secret of its link is new then and rests nowhere."""
    invitation = _open().select_related("authority").get(pk=invitation_id)
    token = new_token()
    invitation.token_hash = hash_of(token)
    invitation.save(update_fields=["token_hash"])
    return {
        "name": invitation.name,
        "role": ROLES[invitation.role].words,
        "council": invitation.authority,
        "days": HOLDS_FOR.days,
        "path": reverse("invitation_link", args=[token]),
    }


def withdraw(*, invitation: Invitation, by: User) -> None:
    """Take an offer back before it is used."""
    with recorded(
        Kind.INVITATION_WITHDRAWN,
        by=by,
        authority_id=invitation.authority_id,
        counts={"invitation": invitation.pk},
    ):
        _open().filter(pk=invitation.pk).update(withdrawn_at=clock.now())


def usable(*, token_hash: str, user: User | None) -> Invitation:
    """The invitation behind a token, for this reader. Raises NotUsable.

    Whoever is signed in may only take up what was sent to their own address.
    """
    found = _open().filter(token_hash=token_hash, expires_at__gt=clock.now()).first()
    if found is None or (user is not None and user.email.lower() != found.email):
        raise NotUsable
    return found


def has_account(invitation: Invitation) -> bool:
    """Whether somebody signs in with this address already; then they do so to accept."""
    return User.objects.filter(email__iexact=invitation.email).exists()


@transaction.atomic
def accept_with_new_account(*, token_hash: str, name: str, password: str) -> User:
    """Make the account and give it the place the invitation names, once. Raises NotUsable."""
    invitation = _taken(token_hash)
    if has_account(invitation):
        raise NotUsable
    user = create_account(email=invitation.email, name=name.strip(), password=password, by=None)
    _place(invitation, user)
    return user


@transaction.atomic
def accept_with_account(*, token_hash: str, user: User) -> Membership:
    """Add the place the invitation names to an account that exists, once. Raises NotUsable."""
    usable(token_hash=token_hash, user=user)
    return _place(_taken(token_hash), user)


def _place(invitation: Invitation, user: User) -> Membership:
    with recorded(
        Kind.INVITATION_ACCEPTED,
        by=user,
        authority_id=invitation.authority_id,
        counts={"invitation": invitation.pk},
    ):
        offered = {name: getattr(invitation, name) for name in PLACE}
        return Membership.objects.create(user=user, starts_on=clock.today(), **offered)


def _taken(token_hash: str) -> Invitation:
    """Claim the invitation: of two who come at once one waits here and then finds it used."""
    fresh = _open().filter(token_hash=token_hash, expires_at__gt=clock.now())
    found = fresh.select_for_update(of=("self",)).first()
    if found is None or not found.invited_by.is_active:
        raise NotUsable
    found.accepted_at = clock.now()
    found.save(update_fields=["accepted_at"])
    return found


def _open():
    return Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
