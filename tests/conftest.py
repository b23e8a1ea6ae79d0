"""What every test stands on."""

from typing import Any

import pytest
from django.db import connection

from neet.audit.sql import DROP_TRUNCATE_GUARDS


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, where the test runner may empty the tables that are only ever added to."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(DROP_TRUNCATE_GUARDS)
