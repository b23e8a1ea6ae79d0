"""What every test stands on."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from neet.audit.sql import DROP_TRUNCATE_GUARDS

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, where the test runner may empty the tables that are only ever added to."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(DROP_TRUNCATE_GUARDS)
        cursor.execute(BESIDE_THE_MODELS, [connection.introspection.django_table_names(only_existing=True)])
        cursor.execute(EMPTIED_TOO.format(*cursor.fetchone()))
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(SEND_OTHERS_AWAY)
