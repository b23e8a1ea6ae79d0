"""What every test stands on."""

import gc
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from neet import clock
from neet.audit.sql import DROP_TRUNCATE_GUARDS
from neet.launch.postgres import DATABASE
from tests.factories import seed_reference
from tracking.reference.queries import ruleset

# A thread or worker of some test may still hold a connection when the test database is dropped.
SEND_OTHERS_AWAY = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename = current_user
"""

# A test with transactions of its own ends with its tables emptied. Django names those of its models; what the
# database keeps beside them (histories) is emptied with them, or later tests would find it.
BESIDE_THE_MODELS = """
    select string_agg(c.oid::regclass::text, ', ') from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'django_migrations' and c.relname <> all(%s)
"""
EMPTIED_TOO = """
    create or replace function tests_empty_the_rest() returns trigger language plpgsql as
    $$ begin truncate {}; return null; end $$;
    create or replace trigger tests_empty_the_rest after truncate on tracking_youngperson
    execute function tests_empty_the_rest();
"""

LONGEST = ("tests/access/", "tests/faults/", "tests/neet/launch/", "tests/returns/nccis/test_living")
# New objects before the collector looks for rubbish among them: a tenth of the time of tests that ask pages goes into
# looking with its own numbers.
SELDOM = (20_000, 20, 20)
FORGET_RULES = "delete from tracking_referencerow; truncate tracking_referencerow_history"
SINCE_LONG_AGO = "select set_config('neet.clock_offset', ('2015-01-01'::timestamptz - now())::text, true)"

# How long inventing examples takes says how busy the machine is: the first draw of a run alone reads all letters.
property_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """bin/test has made a database with all its tables: the test database is a copy of that one."""
    if "TESTS_PATTERN" in os.environ:
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = DATABASE


def only_the_tests_own(*, connection: Any, **_: Any) -> None:
    """A fixture that lets the database in without asking for django_db_setup would work on the database that the
    environment names, whosever it is: no connection to it is left open."""
    if connection.alias == "default" and not connection.settings_dict["NAME"].startswith("test_"):
        connection.close()
        raise AssertionError(
            "a test reached for a database that is not the tests' own: ask for django_db_setup"
        )


connection_created.connect(only_the_tests_own)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, where the test runner may empty the tables that are only ever added to."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(DROP_TRUNCATE_GUARDS)
        cursor.execute(BESIDE_THE_MODELS, [connection.introspection.django_table_names(only_existing=True)])
        cursor.execute(EMPTIED_TOO.format(*cursor.fetchone()))
        stand_by_the_rules()
    # Emptying the tables ends as migrating does: with this signal.
    post_migrate.connect(stand_by_the_rules, sender=apps.get_app_config("tracking"))
    yield
    with django_db_blocker.unblock():
        connection.close()  # ours may have been idle for long, and ended
        with connection.cursor() as cursor:
            cursor.execute(SEND_OTHERS_AWAY)


def stand_by_the_rules(**_: Any) -> None:
    """The code lists and rules of the seed stand in the test database, known since long ago: to insert them for every
    test would take longer than most tests, and the rules read from them would have to be read again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SINCE_LONG_AGO)
        cursor.execute(FORGET_RULES)  # a database that is used again may hold those of yesterday
        seed_reference()
        ruleset(clock.today())  # a process reads them once: no test counts that reading among its statements


@pytest.fixture
def clock_goes_on(db: None) -> Iterator[None]:
    """The database's clock goes by ours again afterwards."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('neet.clock_offset', '', false)")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: no worker is left with it when the other has done, and no long transaction is
    open beside the tests that commit theirs."""
    items.sort(key=lambda item: not (item.nodeid.startswith(LONGEST) or item.get_closest_marker("browser")))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nobody looks through it for rubbish again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
