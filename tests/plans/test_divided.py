"""Which tables are divided: only what grows with time and is never changed."""

import pytest
from django.db import connection

DIVIDED = "select relname from pg_class where relkind = 'p' and relnamespace = 'public'::regnamespace"


@pytest.mark.django_db
def test_months_and_the_trail_are_divided_and_nothing_else_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DIVIDED)
        divided = {name for (name,) in cursor.fetchall()}

    assert divided == {"tracking_monthrecord", "audit_auditevent"}
