"""Taking people out of every table, histories and files too: part of an erasure, in its transaction."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

from neet.accounts.models import User
from neet.files.actions import remove_many
from neet.files.models import StoredFile
from tracking.retention.kinds import Kind
from tracking.retention.models import ErasureRun, Tombstone
from tracking.retention.reach import files, loose_ends, steps

# Records that were put together with theirs are the same people under an earlier number.
SAME_PEOPLE = """
    with recursive same as (
      select id from tracking_youngperson where id = any(%(people)s)
      union
      select p.id from tracking_youngperson p join same s on p.merged_into_id = s.id
    )
    select p.id, p.ref, p.authority_id from tracking_youngperson p join same s on s.id = p.id
    order by p.id for update of p
"""


def take_away(
    *, people: Sequence[int], run: ErasureRun | None, by: User | None
) -> tuple[list[int], Counter[str]]:
    """Set a stone for each of these people and for the records that were put together with theirs, then take away or
    empty every row that leads to them. Says whom, and how many rows of which table. The database refuses it while a
    legal hold stands (sql/forget.sql)."""
    with connection.cursor() as cursor:
        cursor.execute(SAME_PEOPLE, {"people": list(people)})
        found: list[tuple[int, UUID, int]] = cursor.fetchall()
        gone = [pk for pk, _, _ in found]
        if not gone:
            return [], Counter()
        Tombstone.objects.bulk_create(
            Tombstone(authority_id=authority, person_id=pk, ref=ref, run=run) for pk, ref, authority in found
        )
        cursor.execute("select set_config('neet.situate', 'later', true)")
        counts = _rows_away(cursor, gone, found[0][2], by)
        cursor.execute("select tracking_forget(%(people)s)", {"people": gone})
        counts["history"] = cursor.fetchone()[0]
        cursor.execute("select set_config('neet.situate', '', true)")
    return gone, counts


def _rows_away(cursor: CursorWrapper, gone: list[int], authority_id: int, by: User | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    asked = {"people": gone}
    for statement in loose_ends():
        cursor.execute(statement.sql, {**asked, **statement.values})
        counts[statement.table if statement.way == "erased" else "emptied"] += cursor.rowcount
    stored: set[int] = set()
    for named in files():
        cursor.execute(named, asked)
        stored |= {row[0] for row in cursor.fetchall()}
    for step in steps():
        cursor.execute(step.sql, {**asked, **step.values})
        counts[step.table if step.way == "erased" else "emptied"] += cursor.rowcount
    if stored:
        counts["files"] = remove_many(
            files=StoredFile.objects.filter(pk__in=stored), by=by, authority_id=authority_id, why=Kind.ERASED
        )
    return counts
