"""The ground alone: places come from the test, not from memberships."""

import pytest
from django.core.cache import cache

from neet.accounts.scope import Place
from tests.neet.accounts import signing_in
from tests.neet.accounts.factories import make_user


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SCOPE_SOURCE = "tests.neet.accounts.signing_in.places_of"
    settings.MAILBOX_CODES_SOURCE = "tests.neet.accounts.signing_in.allow_mailbox_codes"
    settings.DESK_NAMES = "builtins.str"
    settings.AUTHORITY_SOURCE = settings.COUNCIL_CONTACT_SOURCE = "builtins.str"
    settings.DEMO = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    signing_in.places.clear()
    cache.clear()


@pytest.fixture
def person():
    """An account with a place: `person("school_user")`."""

    def make(role: str = "tracking_officer", authority_id: int = 1, **fields):
        user = make_user(password=signing_in.PASSWORD, **fields)
        signing_in.places[user.pk] = (Place(role, authority_id=authority_id),)
        return user

    return make
