"""Filling empty tables fast: rows by COPY, then indexes, constraints, history and situations in bulk."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tracking.seeding.sheets import COLUMNS

KEPT = ("youngperson", "residence", "activity", "characteristic", "guarantee", "objection", "responsibility")

# Primary keys stay: other tables' foreign keys stand on them.
CONSTRAINTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND (contype IN ('f', 'x') OR (contype = 'u' AND NOT EXISTS (
        SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = pg_constraint.conindid)))
    ORDER BY contype = 'f', conname
"""
INDEXES = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%s::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
    ORDER BY indexrelid::regclass::text
"""
# When we heard of the next thing is when the one before became known to have ended.
ACTIVITY_VERSIONS = """
    WITH told AS (
        SELECT a.*, (ascertained_on + time '09:00') AT TIME ZONE 'UTC' AS told_at,
            (lead(ascertained_on) OVER (PARTITION BY person_id ORDER BY starts_on, id) + time '09:00')
                AT TIME ZONE 'UTC' AS end_told_at
        FROM tracking_activity a
    )
    INSERT INTO tracking_activity_history ({columns}, recorded_at, superseded_at, event_id)
    SELECT {open}, told_at, end_told_at, %(event)s FROM told WHERE ends_on IS NOT NULL AND end_told_at > told_at
    UNION ALL
    SELECT {columns}, CASE WHEN ends_on IS NULL THEN told_at ELSE greatest(told_at, end_told_at) END, NULL, %(event)s
    FROM told
"""
RECORDED = {
    "youngperson": "created_at",
    "residence": "coalesce((starts_on + time '09:00') AT TIME ZONE 'UTC', p.created_at)",
    "characteristic": "greatest(coalesce((starts_on + time '09:00') AT TIME ZONE 'UTC', p.created_at), p.created_at)",
    "guarantee": "coalesce((status_on + time '09:00') AT TIME ZONE 'UTC', p.created_at)",
    "objection": "(made_on + time '09:00') AT TIME ZONE 'UTC'",
    "responsibility": "(starts_on + time '09:00') AT TIME ZONE 'UTC'",
    "activity": "(coalesce(ascertained_on, starts_on) + time '09:00') AT TIME ZONE 'UTC'",
}


@contextmanager
def bare_tables() -> Iterator[None]:
    """The tables without triggers, secondary indexes and constraints, which all come back: built once over all rows
    they cost a fraction of what each row would."""
    tables = [*COLUMNS, *(f"tracking_{table}_history" for table in KEPT)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL work_mem = '256MB'")
        taken = _take_off(cursor, CONSTRAINTS, tables) + _take_off(cursor, INDEXES, tables)
        for table in COLUMNS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for statement in reversed(taken):
            cursor.execute(statement)
        for table in COLUMNS:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def copy(batches: Iterable[Mapping[str, list[str]]]) -> dict[str, int]:
    """Bring the rows in; returns how many by table."""
    counts = dict.fromkeys(COLUMNS, 0)
    with connection.cursor() as cursor:
        for batch in batches:
            for table, lines in batch.items():
                with cursor.copy(f"COPY {table} ({', '.join(COLUMNS[table])}) FROM STDIN") as stream:
                    stream.write("\n".join(lines) + "\n")
                counts[table] += len(lines)
    return counts


def given_out(table: str) -> int:
    """The last number the table gave out; rows that are gone may still be remembered under it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)", [table])
        return cursor.fetchone()[0] or 0


def finish(event_id: int, *, every_version: bool) -> None:
    """Numbers run on behind the rows; each kept row has its history, as recorded when it was told."""
    with connection.cursor() as cursor:
        for table in ("tracking_youngperson", "tracking_activity"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        cursor.execute(
            "SELECT setval('tracking_young_person_number', max(right(young_person_id, 10)::bigint))"
            " FROM tracking_youngperson WHERE young_person_id ~ '^[0-9]{13}$'"
        )
        for table in KEPT:
            _remember(cursor, table, event_id, every_version=every_version)


def date_rules_back() -> None:
    """The rules count as known since the first of them held: past months were frozen by them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tracking_referencerow_history SET recorded_at = valid_from WHERE recorded_at > valid_from"
            " AND superseded_at IS NULL"
        )


def situate() -> None:
    """Where everybody stands today, on tables the planner knows."""
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(f"ANALYZE {table}")
        cursor.execute("SELECT tracking_situate(NULL)")
        cursor.execute("ANALYZE tracking_situation")


def _take_off(cursor: Any, question: str, tables: list[str]) -> list[str]:
    cursor.execute(question, [tables])
    found = cursor.fetchall()
    for drop, _ in found:
        cursor.execute(drop)
    return [back for _, back in found]


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped ORDER BY attnum",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _remember(cursor: Any, table: str, event_id: int, *, every_version: bool) -> None:
    columns = _columns(cursor, f"tracking_{table}")
    listed = ", ".join(columns)
    if table == "activity" and every_version:
        blank = {"ends_on": "NULL", "leaving_reason": "''"}
        opened = ", ".join(blank.get(column, column) for column in columns)
        cursor.execute(ACTIVITY_VERSIONS.format(columns=listed, open=opened), {"event": event_id})
        return
    own = ", ".join(f"k.{column}" for column in columns)
    person = "" if table == "youngperson" else "JOIN tracking_youngperson p ON p.id = k.person_id"
    cursor.execute(
        f"INSERT INTO tracking_{table}_history ({listed}, recorded_at, event_id)"
        f" SELECT {own}, {RECORDED[table]}, %s FROM tracking_{table} k {person}",
        [event_id],
    )
