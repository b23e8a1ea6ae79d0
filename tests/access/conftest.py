"""The world is built once for a module; each test's own transaction takes back what it did to it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.world import World, build_world
from tests.factories import seed_reference

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
NOW = "2026-11-20T10:00"


@pytest.fixture(scope="module")
def empty_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The rules and nobody yet, for one module; afterwards nothing of what was made is left."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setenv("DJANGO_NOW", NOW)
        seed_reference()
        with override_settings(PASSWORD_HASHERS=[QUICK], MEDIA_ROOT=tmp_path_factory.mktemp("files")):
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(empty_world: None) -> World:
    return build_world()
