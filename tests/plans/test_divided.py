"""Which tables are divided: of a county's and of England's size only what grows by the month and is never changed."""

import pytest
from django.db import connection

DIVIDED = "select relname from pg_class where relkind = 'p' and relnamespace = 'public'::regnamespace"


@pytest.mark.django_db
def test_months_are_divided_and_nothing_else_is_but_the_trail() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DIVIDED)
        divided = {name for (name,) in cursor.fetchall()}

    assert {"tracking_monthrecord"} <= divided <= {"tracking_monthrecord", "audit_auditevent"}
