"""Rows and problems of a return go in by COPY and a few statements, however many there are."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Any

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
      kind text, severity text, value text, why text, fix text) on commit drop
"""
COLUMNS_USED = "select distinct jsonb_object_keys(sent || fixed) from returns_intakerow where intake_id = %s"
COPY_LOOKED = "copy looked (number, sent, fixed, clean) from stdin"
COPY_LINES = "copy lines (number, sent, fixed, clean) from stdin"
# Rows are written out so many at a time: the database takes in the last while the next are made.
AT_A_TIME = 1_000
BETWEEN = ",\n"  # within a text a new line is written otherwise, so this stands nowhere else
ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(BETWEEN, ":")).encode
COPY_FOUND = "copy found (number, of_column, kind, severity, value, why, fix) from stdin"


def keep_rows(intake: Intake, rows: Iterable[tuple[Line, Mapping[str, str]]], *, whole_file: bool) -> None:
    """Take a return up with these lines and what was made of them. With the whole file, lines it no longer holds go.

    Rows of a return that had none are written by the comparison that has to follow."""
    with connection.cursor() as cursor:
        if not intake.rows.exists():
            cursor.execute(LOOKED)
            _copy_lines(cursor, COPY_LOOKED, rows)
            cursor.execute("analyze looked (number)")
            return
        cursor.execute(LINES)
        cursor.execute("truncate lines")
        _copy_lines(cursor, COPY_LINES, rows)
        cursor.execute("analyze lines (number)")
        cursor.execute(statement("keep_rows"), {"intake": intake.pk, "whole_file": whole_file})
    take_up(intake)


def take_up(intake: Intake) -> None:
    """The rows of a return as they stand go where they are looked at: what follows reads them there."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED)
        cursor.execute(STANDING, [intake.pk])
        cursor.execute("analyze looked (number, person_id)")


def _copy_lines(cursor: Any, into: str, rows: Iterable[tuple[Line, Mapping[str, str]]]) -> None:
    waiting = iter(rows)
    with cursor.copy(into) as copy:
        while some := list(islice(waiting, AT_A_TIME)):
            parts = (
                [line.sent for line, _ in some], [line.fixed for line, _ in some], [clean for _, clean in some]
            )  # fmt: skip
            numbers = [str(line.number) for line, _ in some]
            lines = zip(numbers, *map(_objects, parts), strict=True)
            copy.write("".join(["\t".join(line) + "\n" for line in lines]))


def _objects(some: Sequence[Mapping[str, str]]) -> list[str]:
    """Each as JSON, written as COPY takes it. Written out all at once, and cut where one ends and the next begins."""
    text = ENCODE(some).replace("\\", "\\\\")
    return [f"{{{each}}}" for each in text[2:-2].replace(f'"{BETWEEN}"', '","').split(f"}}{BETWEEN}{{")]


def _copy(cursor: Any, into: str, rows: Iterable[tuple[object, ...]]) -> None:
    with cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)


@dataclass(frozen=True, slots=True)
class Only:
    """The part of a return whose problems are found anew: one row, and the kinds that hang on other rows."""

    number: int
    kinds: Sequence[str]


def keep_problems(
    intake: Intake,
    problems: Iterable[Found],
    also: Sequence[tuple[str, Mapping[str, Any]]] = (),
    only: Only | None = None,
) -> None:
    """Put what was found on a return in place of what was found before; `also` are statements that find more."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        cursor.execute("truncate found")
        facts = attrgetter("number", "column", "kind", "severity", "value", "why", "fix")
        _copy(cursor, COPY_FOUND, map(facts, problems))
        for text, asked in also:
            cursor.execute(text, asked)
        part = {"number": only.number if only else None, "kinds": list(only.kinds) if only else None}
        cursor.execute(statement("keep_problems"), {"intake": intake.pk, **part})


def columns_used(intake: Intake) -> list[str]:
    """The columns that hold something in some row."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS_USED, [intake.pk])
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
