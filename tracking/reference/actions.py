"""Filling the dated tables from the seed files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.reference.kinds import Kind
from tracking.reference.tables import TABLES
from tracking.rules.ruleset import Row, seed_tables

DERIVING = frozenset({"activity_codes", "currency_rules"})

INCOMING = """
    incoming AS (
        SELECT * FROM ROWS FROM (jsonb_to_recordset(%s::jsonb)
            AS ("table" text, key text, values jsonb, valid_from date, valid_to date, evidence text)
        ) WITH ORDINALITY
    )
"""
# A row a person wrote stands, and nothing of the seed may hold on the same days beside it.
EDITED = """
    EXISTS (
        SELECT FROM tracking_referencerow e
        WHERE e.edited_at IS NOT NULL AND e."table" = i."table" AND e.key = i.key
            AND daterange(e.valid_from, e.valid_to, '[]') && daterange(i.valid_from, i.valid_to, '[]')
    )
"""
DIFFERENT = "(h.values, h.valid_to, h.evidence) IS DISTINCT FROM (i.values, i.valid_to, i.evidence::varchar)"
KEPT = f"""
    WITH {INCOMING}
    SELECT i."table", i.key, i.valid_from FROM incoming i
    LEFT JOIN tracking_referencerow h USING ("table", key, valid_from)
    WHERE {EDITED} AND (h.id IS NULL OR {DIFFERENT}) ORDER BY 1, 2, 3
"""
TO_WRITE = f"""
    FROM incoming i LEFT JOIN tracking_referencerow h USING ("table", key, valid_from)
    WHERE NOT {EDITED} AND (h.id IS NULL OR (h.edited_at IS NULL AND {DIFFERENT}))
"""
ANYTHING = f"WITH {INCOMING} SELECT EXISTS (SELECT {TO_WRITE})"
WRITE = f"""
    WITH {INCOMING}
    INSERT INTO tracking_referencerow AS h ("table", key, values, valid_from, valid_to, evidence)
    SELECT i."table", i.key, i.values, i.valid_from, i.valid_to, i.evidence {TO_WRITE} ORDER BY i.ordinality
    ON CONFLICT ("table", key, valid_from) DO UPDATE
    SET values = excluded.values, valid_to = excluded.valid_to, evidence = excluded.evidence
    RETURNING "table", xmax = 0
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A seed row that gave way to what a person wrote."""

    table: str
    key: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What loading the seed files did."""

    added: int
    changed: int
    kept: tuple[Kept, ...]


def load_seed(*, by: User | None = None, tables: Mapping[str, tuple[Row, ...]] | None = None) -> SeedReport:
    """Bring the dated tables up to the seed files. Run again, it does nothing.

    Never deletes, and never touches a row a person edited, nor adds one for the same key and days: those seed
    rows come back in the report. Situations are derived anew when a table they rest on changed.
    """
    incoming = _incoming(seed_tables() if tables is None else tables)
    kept = tuple(Kept(*row) for row in _rows(KEPT, incoming))
    if _rows(ANYTHING, incoming) == [(False,)]:
        return SeedReport(0, 0, kept)
    with recorded(Kind.SEED_LOADED, by=by) as event:
        written = _rows(WRITE, incoming)
        if DERIVING & {table for table, _ in written}:
            derive_situations()
        added = sum(is_new for _, is_new in written)
        event.counts = {"added": added, "changed": len(written) - added, "kept": len(kept)}
    return SeedReport(added, len(written) - added, kept)


def derive_situations() -> None:
    """Where everybody stands, worked out anew by the database: after a change of codes or currency rules."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tracking_situate(NULL)")


def _rows(statement: str, incoming: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [incoming])
        return cursor.fetchall()


def _incoming(tables: Mapping[str, tuple[Row, ...]]) -> str:
    rows = [
        {
            "table": name,
            "key": TABLES[name].key_of(row),
            "values": TABLES[name].values_of(row),
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"] or None,
            "evidence": row["evidence"],
        }
        for name, rows in tables.items()
        for row in rows
    ]
    return json.dumps(rows)
