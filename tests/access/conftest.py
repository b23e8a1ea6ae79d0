"""The world is built once for a module; each test's own transaction takes back what it did to it."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from neet.logs import JsonLines
from tests.access.canary import Canary, plant
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


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that any logger says, as the system writes it: libraries too, as much as ours."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in settings.LOGGING["loggers"])]
    before = [(each, each.level) for each in loggers]
    for each in loggers:
        each.setLevel(logging.INFO)
        if each.name == "root" or not each.propagate:
            each.addHandler(handler)
    yield written
    for each, level in before:
        each.removeHandler(handler)
        each.setLevel(level)


@pytest.fixture
def as_with_real_people(settings: Any) -> Iterator[None]:
    """Those who run the system would be written to about errors, where that is not left out."""
    settings.DEMO = settings.DEBUG = False
    settings.ADMINS = settings.MANAGERS = [("Who runs it", "runs@example.org")]
    cache.clear()
    yield
    assert not [each for each in mail.outbox if "runs@example.org" in each.to]


@pytest.fixture
def canary(world: World) -> Canary:
    here = world.here
    made = plant("Quill", school=here.school, district=here.district, service=here.service)
    more = {
        "born": "2009-05-14",
        "as typed": "14/05/2009",
        "email": "quill@example.org",
        "words": "Quillwords",
    }
    return Canary(made.person, {**made.values, **more})
