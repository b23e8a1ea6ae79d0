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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, where the test runner may empty the tables that are only ever added to."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(DROP_TRUNCATE_GUARDS)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(SEND_OTHERS_AWAY)
