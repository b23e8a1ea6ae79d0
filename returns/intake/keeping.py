"""Rows and problems of a return go in by COPY and a few statements, however many there are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

import orjson
from django.db import connection

from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.presets import Preset
from returns.intake.queries.statements import statement
from returns.intake.reading import Line
from returns.intake.rules.found import Found

LINES = """
    create temp table if not exists lines (number int primary key, sent jsonb, fixed jsonb, clean jsonb) on commit drop
"""
# The rows of one return while it is looked at, in memory. New ones are written once, by the comparison, with all that
# came of it.
LOOKED = """
    set local work_mem = '64MB';
    drop table if exists looked;
    create temp table looked (id bigint not null default nextval(pg_get_serial_sequence('returns_intakerow', 'id')),
      number int not null, sent jsonb not null, fixed jsonb not null, clean jsonb not null,
      left_out boolean not null default false, person_id bigint, found text not null default '', sure double precision,
      outcome text not null default '', seen text not null default '', is_decided boolean not null default false,
      is_new boolean not null default true) on commit drop
"""
STANDING = """
    insert into looked select id, number, sent, fixed, clean, left_out, person_id, found, sure, outcome, seen,
      decided_at is not null, false
    from returns_intakerow where intake_id = %s order by number
"""
FOUND = """
    create temp table if not exists found (place int generated always as identity, number int, of_column text,
      kind text, severity text, value text, why text, fix text) on commit drop;
    truncate found
"""
COLUMNS_USED = """
select name from unnest(%s::text[]) name
where exists (select from returns_intakerow where intake_id = %s and (sent ? name or fixed ? name))
"""
COPY_LOOKED = "copy looked (number, sent, fixed, clean) from stdin"
COPY_LINES = "copy lines (number, sent, fixed, clean) from stdin"
TOGETHER = 250
COPY_FOUND = "copy found (number, of_column, kind, severity, value, why, fix) from stdin"


def keep_rows(intake: Intake, rows: Iterable[tuple[Line, Mapping[str, str]]], *, whole_file: bool) -> None:
    """Take a return up with these lines and what was made of them. With the whole file, lines it no longer holds go.

    Rows of a return that had none are written by the comparison that has to follow."""
    texts = (
        b"%d\t%b\t%b\t%b\n" % (line.number, _json(line.sent), _json(line.fixed), _json(clean))
        for line, clean in rows
    )
    with connection.cursor() as cursor:
        if not intake.rows.exists():
            cursor.execute(LOOKED)
            _copy(cursor, COPY_LOOKED, texts)
            cursor.execute("analyze looked (number)")
            return
        cursor.execute(LINES)
        cursor.execute("truncate lines")
        _copy(cursor, COPY_LINES, texts)
        cursor.execute("analyze lines (number)")
        cursor.execute(statement("keep_rows"), {"intake": intake.pk, "whole_file": whole_file})
    take_up(intake)


def take_up(intake: Intake) -> None:
    """The rows of a return as they stand go where they are looked at: what follows reads them there."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED)
        cursor.execute(STANDING, [intake.pk])
        cursor.execute("analyze looked (number, person_id)")


def _copy(cursor: Any, into: str, texts: Iterator[bytes]) -> None:
    """Lines as COPY reads them, some at a time: the database takes in the last while the next are made."""
    with cursor.copy(into) as copy:
        while some := b"".join(islice(texts, TOGETHER)):
            copy.write(some)


@dataclass(frozen=True, slots=True)
class Only:
    """The part of a return whose problems are found anew: one row, the kinds that hang on other rows, and those that
    hang on whom a row is about."""

    number: int | None
    kinds: Sequence[str]
    by_person: Sequence[str]


def keep_problems(
    intake: Intake,
    problems: Iterable[Found],
    also: Sequence[tuple[str, Mapping[str, Any]]] = (),
    only: Only | None = None,
) -> None:
    """Put what was found on a return in place of what was found before; `also` are statements that find more."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        facts = attrgetter("number", "column", "kind", "severity", "value", "why", "fix")
        with cursor.copy(COPY_FOUND) as copy:
            for problem in problems:
                copy.write_row(facts(problem))
        for text, asked in also:
            cursor.execute(text, asked)
        part = only or Only(None, (), ())
        asked = {"number": part.number, "kinds": list(part.kinds), "by_person": list(part.by_person)}
        cursor.execute(statement("keep_problems"), {"intake": intake.pk, **asked})


def columns_used(intake: Intake, among: Iterable[str]) -> list[str]:
    """Which of these columns hold something in some row."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS_USED, [list(among), intake.pk])
        return [name for (name,) in cursor.fetchall()]


def keep_preset(intake: Intake, presets: Sequence[Preset], *, first: int = 1) -> list[IntakeRow]:
    """A row for each of these young people, as the register has them."""
    rows = [
        IntakeRow(
            intake=intake,
            number=number,
            sent=dict(preset.values),
            clean=dict(preset.values),
            person_id=preset.person_id,
            found=IntakeRow.Found.PRESET,
        )
        for number, preset in enumerate(presets, start=first)
    ]
    return IntakeRow.objects.bulk_create(rows, batch_size=2000)


def _json(values: Mapping[str, str]) -> bytes:
    """As COPY reads it: JSON holds no tab and no line break, but backslashes, which COPY wants twice."""
    return orjson.dumps(values).replace(b"\\", b"\\\\") if values else b"{}"
