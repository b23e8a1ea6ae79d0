"""Browsers of people who are signed in, as far as a test needs them to be."""

import base64
import time
from collections.abc import Iterable
from datetime import date

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from neet.accounts.models import User
from neet.accounts.rules.codes import STEP_SECONDS, app_code
from neet.accounts.scope import Place

SECRET = base64.b32encode(b"a secret of 20 bytes").decode()
PASSWORD = "three brown kettles sing"
places: dict[int, tuple[Place, ...]] = {}


def places_of(user_id: int, on: date) -> tuple[Place, ...]:
    """A source of places for tests of the ground, which knows no memberships."""
    return places.get(user_id, ())


def allow_mailbox_codes(authority_ids: Iterable[int]) -> bool:
    return 999 not in set(authority_ids)


def sign_in(client: Client, user: User, *, kind: str = "totp", age: int = 0) -> Client:
    """A browser signed in with a second factor, shown `age` seconds ago."""
    client.force_login(user)
    session = client.session
    shown = {"method": "mfa", "type": kind, "at": time.time() - age}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [shown]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def code_now(steps: int = 0) -> str:
    """What the authenticator app of SECRET shows now."""
    return app_code(SECRET, int(time.time()) // STEP_SECONDS + steps)
