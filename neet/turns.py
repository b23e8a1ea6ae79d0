"""One at a time: who would do the same thing at once waits for their turn."""

from django.db import connection


def one_at_a_time(name: str, number: int = 0) -> None:
    """Wait until nobody else does this for the same number; given back when the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [name, number])
