"""How a system account shows who it is: `Authorization: Bearer ...`, for one place and until a day."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from neet import clock
from neet.accounts.models import User
from neet.accounts.scope import Scope
from neet.accounts.secrets import digest
from neet.audit.context import acting_role
from schools.actions.tokens import ABOUT
from schools.models import Membership, SystemToken
from schools.queries import place_held


class TokenAuthentication(BaseAuthentication):
    """The token's account, with the token's own place and no other."""

    def authenticate(self, request: Request) -> tuple[User, SystemToken] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        found = usable_token(token.strip())
        if found is None:
            raise AuthenticationFailed("This token is not valid.")
        held = found.membership
        place = place_held(held)
        held.user.kept_scope = Scope(held.user_id, (place,), (place,))
        acting_role.set(held.role)
        request._request.authority_id = held.authority_id  # type: ignore[attr-defined]  # what we put on each request
        return held.user, found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def usable_token(token: bytes) -> SystemToken | None:
    """The token, while it, its place and its account are all good; the day of use is noted."""
    now, today = clock.now(), clock.today()
    found = (
        SystemToken.objects.select_related("membership__user")
        .filter(
            token_hash=digest(token.decode(errors="replace"), about=ABOUT),
            revoked_at=None,
            expires_at__gt=now,
        )
        .filter(membership__in=Membership.objects.running(today), membership__user__is_active=True)
        .first()
    )
    if found and found.last_used_on != today:
        SystemToken.objects.filter(pk=found.pk).update(last_used_on=today)
    return found
