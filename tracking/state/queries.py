"""The digests of the register's facts."""

from django.db import connection

from tracking.state.facts import FACTS, statement

# Sorted digests of rows: equal facts give equal digests whatever order and numbers the database keeps them in.
DIGEST = r"""
    SELECT count(*), encode(sha256(coalesce(string_agg(digest, '\x'::bytea ORDER BY digest), '\x'::bytea)), 'hex')
    FROM (SELECT sha256(convert_to(fact::text, 'UTF8')) AS digest FROM ({facts}) fact) digests
"""


def digests() -> dict[str, tuple[int, str]]:
    """Rows and digest of every table of facts, by its name."""
    found = {}
    with connection.cursor() as cursor:
        for table in FACTS:
            cursor.execute(DIGEST.format(facts=statement(table)))
            found[table] = cursor.fetchone()
    return found
