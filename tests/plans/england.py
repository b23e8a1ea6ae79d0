"""England's sizes, stated to PostgreSQL 18 about small tables, so that it plans as if two million people were in them.

`england.json` holds what the server had counted of an invented England (`manage.py seed --size england`): rows of each
table, and of each column how many values differ, how much is empty, how it is ordered, and where there are few values,
how frequent each is. No name, number or address is in it. Made anew against such a database by
`python -m tests.plans.england`.

A plan's pages are counted in the files, which stay small; the rows are the stated ones. Reading a whole table
therefore costs the planner its rows and nothing for its pages: one it finds worth while here, it finds worth while.
"""

import json
from pathlib import Path
from typing import Any

from django.db import connection

KEPT = Path(__file__).with_name("england.json")
LARGE = 100_000  # rows
FEW = 60  # values of a column that may be told by name
NEWEST = 180000  # the first version that lets itself be told

# Empty or small in an invented England, and large in one that has been worked with for years: rows, and how many
# different values what they are looked up by has.
IN_TIME: dict[str, tuple[int, dict[str, int]]] = {
    "audit_auditevent": (50_000_000, {"authority_id": 150, "user_id": 20_000, "transaction": 40_000_000}),
    "caseload_case": (2_000_000, {"run_id": 5_000, "person_id": 400_000}),
    "outbox_message": (10_000_000, {}),
    "returns_intakerow": (30_000_000, {"intake_id": 200_000, "person_id": 1_500_000}),
    "returns_sentrecord": (30_000_000, {"submission_id": 5_000, "person_id": 1_500_000}),
    "tracking_task": (3_000_000, {"authority_id": 150, "person_id": 1_000_000, "owner_id": 5_000}),
}
ROWS = """
    select regexp_replace(c.relname, '(_[0-9]{4}_[0-9]{2}|_[0-9]+|_rest)$', ''), sum(c.reltuples)::bigint
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.reltuples > 0
    group by 1 order by 1
"""
COLUMNS = """
    select distinct on (1, 2) regexp_replace(s.tablename, '(_[0-9]{4}_[0-9]{2}|_[0-9]+|_rest)$', ''), s.attname,
        s.null_frac, s.avg_width, s.n_distinct, s.correlation,
        case when count.few and kind.told then s.most_common_vals::text end,
        case when count.few and kind.told then s.most_common_freqs end,
        case when t.typname in ('date', 'timestamptz') then s.histogram_bounds::text end
    from pg_stats s
    join pg_attribute a on a.attrelid = format('public.%%I', s.tablename)::regclass and a.attname = s.attname
    join pg_type t on t.oid = a.atttypid,
    lateral (select s.n_distinct between 0 and %(few)s as few) count,
    lateral (select t.typname in ('bool', 'date', 'int2') or (t.typname in ('varchar', 'bpchar')
        and s.attname not like '%%name%%' and s.attname not in ('upn', 'uln', 'words', 'value', 'whose')) as told) kind
    where s.schemaname = 'public' and not s.inherited order by 1, 2, s.tablename desc
"""
# A server counts with the pages a file has now: so many rows a page as make the stated number in all.
STATE_ROWS = """
    select pg_restore_relation_stats('version', %(version)s, 'schemaname', 'public', 'relname', c.relname::text,
        'relpages', greatest(pg_relation_size(c.oid) / 8192, 1)::int, 'reltuples', %(rows)s::real)
    from pg_class c where c.oid = any(%(tables)s::regclass[])
"""
INDEXES = """
    select pg_restore_relation_stats('version', %(version)s, 'schemaname', 'public', 'relname', c.relname::text,
        'relpages', greatest(pg_relation_size(c.oid) / 8192, 1)::int, 'reltuples', %(rows)s::real)
    from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = any(%(tables)s::regclass[])
"""
STATE_COLUMN = """
    select pg_restore_attribute_stats('version', %(version)s, 'schemaname', 'public', 'relname', %(table)s::text,
        'attname', %(column)s::text, 'inherited', false, 'null_frac', %(null_frac)s::real,
        'avg_width', %(avg_width)s::int, 'n_distinct', %(n_distinct)s::real, 'correlation', %(correlation)s::real)
"""
WITH_VALUES = ", 'most_common_vals', %(values)s::text, 'most_common_freqs', %(shares)s::real[])"
WITH_BOUNDS = ", 'histogram_bounds', %(bounds)s::text)"
# What the server has counted of the small table would stand beside what it is told.
FORGET = """
    select pg_clear_attribute_stats('public', s.tablename::text, s.attname::text, s.inherited) from pg_stats s
    where s.schemaname = 'public' and format('public.%%I', s.tablename)::regclass = any(%(tables)s::regclass[])
"""
# A divided table's rows lie in its divisions.
DIVISIONS = """
    select c.oid::regclass::text from pg_class c where c.oid = to_regclass(%(table)s) and c.relkind = 'r'
    union all select i.inhrelid::regclass::text from pg_inherits i where i.inhparent = to_regclass(%(table)s)
        and exists (select from pg_class p where p.oid = i.inhparent and p.relkind = 'p')
"""


HELD = "select coalesce(sum(pg_relation_size(c)), 0) from unnest(%(tables)s::regclass[]) c"


def large() -> frozenset[str]:
    """The tables of which nobody wants all rows read for a page."""
    return frozenset(table for table, rows in _kept()["rows"].items() if rows >= LARGE) | frozenset(IN_TIME)


def state() -> None:
    """Tell the server, until this transaction ends."""
    kept = _kept()
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int")
        (version,) = cursor.fetchone()
        in_time = {table: rows for table, (rows, _) in IN_TIME.items()}
        for table, rows in {**kept["rows"], **in_time}.items():
            cursor.execute(DIVISIONS, {"table": table})
            tables = [name for (name,) in cursor.fetchall()]
            asked = {"version": version, "tables": tables, "rows": rows / max(len(tables), 1)}
            cursor.execute(HELD, asked)
            if not cursor.fetchone()[0] and table in large():
                raise AssertionError(
                    f"{table} has never held a row: whatever is said of it, it counts as empty"
                )
            cursor.execute(FORGET, asked)
            cursor.execute(STATE_ROWS, asked)
            cursor.execute(INDEXES, asked)
            for each in [*kept["columns"].get(table, ()), *_looked_up_by(table)]:
                for name in tables:
                    _state_column(cursor, version, name, each)


def _looked_up_by(table: str) -> list[dict[str, Any]]:
    _, values = IN_TIME.get(table, (0, {}))
    usual = {"null_frac": 0, "avg_width": 8, "correlation": 0}
    return [{"column": column, "n_distinct": many, **usual} for column, many in values.items()]


def _state_column(cursor: Any, version: int, table: str, each: dict[str, Any]) -> None:
    statement = STATE_COLUMN.strip()
    if each.get("values"):
        statement = statement[:-1] + WITH_VALUES
    if each.get("bounds"):
        statement = statement[:-1] + WITH_BOUNDS
    cursor.execute(statement, {"version": version, "table": table, **each})


def _kept() -> dict[str, Any]:
    return json.loads(KEPT.read_text())


def write() -> None:
    """Keep what this database's server has counted."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = dict(cursor.fetchall())
        cursor.execute(COLUMNS, {"few": FEW})
        names = [column.name for column in cursor.description]
        columns: dict[str, list[dict[str, Any]]] = {}
        for table, *said in cursor.fetchall():
            if rows.get(table, 0) >= LARGE:
                columns.setdefault(table, []).append(_told(said))
    assert names
    KEPT.write_text(json.dumps({"rows": rows, "columns": columns}, indent=1) + "\n")


def _told(said: list[Any]) -> dict[str, Any]:
    column, null_frac, avg_width, n_distinct, correlation, values, shares, bounds = said
    told = {
        "column": column,
        "null_frac": round(null_frac, 4),
        "avg_width": avg_width,
        "n_distinct": n_distinct,
        "correlation": correlation and round(correlation, 2),
    }
    if values:
        told |= {"values": values, "shares": [round(share, 5) for share in shares]}
    if bounds:
        told["bounds"] = "{" + ",".join(_some(bounds.strip("{}").split(","))) + "}"
    return told


def _some(bounds: list[str]) -> list[str]:
    return [*bounds[:-1:10], bounds[-1]]


if __name__ == "__main__":
    import django

    django.setup()
    write()
