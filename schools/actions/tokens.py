"""System accounts: a place and a token for a program, for a while."""

from dataclasses import dataclass
from datetime import timedelta

from neet import clock
from neet.accounts.actions import create_account, deactivate
from neet.accounts.models import User
from neet.accounts.scope import Place
from neet.accounts.secrets import digest, new_token
from neet.audit.actions import recorded
from schools.actions.people import Refused, checked, held_in
from schools.kinds import Kind
from schools.models import Membership, SystemToken
from schools.rules.placing import LONGEST_DAYS

ABOUT = "system token"


@dataclass(frozen=True)
class Made:
    """A token just made; what is kept of it is only its hash."""

    token: SystemToken
    secret: str


def make_token(*, name: str, place: Place, days: int, by: User) -> Made:
    """An account for a program, one place for it, and a token that opens it for some days. Raises Refused."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"A token lasts between 1 and {LONGEST_DAYS} days.")
    place = checked(place, by=by, to_user_id=None)
    secret, now = new_token(), clock.now()
    with recorded(Kind.TOKEN_MADE, by=by, authority_id=place.authority_id) as event:
        email = f"system-{new_token()[:12].lower()}@system.invalid"
        account = create_account(email=email, name=name.strip(), password=None, by=by)
        until = now + timedelta(days=days)
        membership = Membership.objects.create(
            user=account,
            starts_on=now.date(),
            ends_on=until.date(),
            can_submit=place.can_submit,
            **held_in(place),
        )
        token = SystemToken.objects.create(
            membership=membership,
            token_hash=digest(secret, about=ABOUT),
            made_by=by,
            made_at=now,
            expires_at=until,
        )
        event.counts = {"token": token.pk, "account": account.pk}
    return Made(token, secret)


def revoke_token(*, token: SystemToken, by: User) -> None:
    """The token opens nothing from this moment, and its account is closed."""
    with recorded(
        Kind.TOKEN_REVOKED, by=by, authority_id=token.membership.authority_id, counts={"token": token.pk}
    ):
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        deactivate(user=token.membership.user, by=by, why="token revoked")
