"""Taking in the files beside the DfE return: contacts, earlier activities, caseload."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from neet import clock
from neet.files.reader import Table, Unreadable, open_table
from neet.files.rules.days import read_day
from returns.bring.layouts import LAYOUTS, Column, Kind, placed
from returns.bring.outcome import CannotTake, Outcome, Problem
from returns.bring.returned import named_statements
from schools.models import Authority

HERE = Path(__file__).resolve().parent
STEPS = {
    kind: {**named_statements(HERE / "find_people.sql"), **named_statements(HERE / f"take_{kind}.sql")}
    for kind in LAYOUTS
}
NAMING = ("number", "upn", "born_on")


def take_sheet(kind: str, path: Path, authority: Authority) -> Outcome:
    """Put one file's rows on the records they belong to; call it inside the act that records it.

    A row finds its young person by CCIS number, else by UPN with name or birth date agreeing, else by the
    exact name and birth date if only one has them. Raises CannotTake where the file holds no such table.
    """
    layout = LAYOUTS[kind]
    problems: list[Problem] = []
    try:
        with open_table(path, expects=[column.words for column in layout]) as table:
            where = _placed(layout, table)
            _wait(layout, _rows(layout, where, table, problems))
    except Unreadable as unreadable:
        raise CannotTake(str(unreadable)) from None
    counts = _take_in(STEPS[kind], authority)
    problems += _left_over()
    with connection.cursor() as cursor:
        cursor.execute("drop table sheet")
    return Outcome(counts, tuple(problems))


def _placed(layout: tuple[Column, ...], table: Table) -> Mapping[str, str]:
    where = placed(layout, table.headings)
    if not any(name in where for name in NAMING):
        raise CannotTake(
            "No column names the young people. Give the file a column “CCIS number”, “UPN” or “Date of birth”"
            " with names beside it."
        )
    missing = [f"“{column.words}”" for column in layout if column.required and column.name not in where]
    if missing:
        raise CannotTake(f"The file has no column {' and no column '.join(missing)}.")
    own = {column.name for column in layout} - {"number", "upn", "given_name", "family_name", "born_on"}
    if not own & set(where):
        raise CannotTake(
            "The file names young people but holds nothing about them that belongs in this load."
        )
    return where


def _rows(
    layout: tuple[Column, ...], where: Mapping[str, str], table: Table, problems: list[Problem]
) -> Iterator[tuple[object, ...]]:
    for number, cells in table.rows:
        texts = {column.name: cells.get(where.get(column.name, ""), "").strip() for column in layout}
        if not any(texts.values()):
            continue
        row = _Row(number, texts, problems)
        values = [row.value(column) for column in layout]
        if not row.is_lost:
            yield (number, *values)


class _Row:
    """One row being read: values typed, faults noted, lost where a required cell fails."""

    def __init__(self, number: int, texts: Mapping[str, str], problems: list[Problem]) -> None:
        self.number, self.texts, self.problems = number, texts, problems
        self.is_lost = False

    def value(self, column: Column) -> object:
        text = self.texts[column.name]
        if not text:
            return (
                self._fault(column, "This cell is needed and empty.")
                if column.required
                else self._empty(column)
            )
        if column.kind is Kind.DAY:
            return read_day(text) or self._fault(column, "This is not a date. Write it as 31/12/2026.")
        if len(text) > column.room:
            return self._fault(column, f"Longer than {column.room} characters.")
        return text

    def _empty(self, column: Column) -> object:
        return None if column.kind is Kind.DAY else ""

    def _fault(self, column: Column, why: str) -> object:
        self.is_lost |= column.required
        shown = self.texts[column.name][:200]
        self.problems.append(
            Problem(self.number, self.texts["number"][:40], column.words, shown, why, column.required)
        )
        return self._empty(column)


def _wait(layout: tuple[Column, ...], rows: Iterator[tuple[object, ...]]) -> None:
    columns = ", ".join(f"{column.name} {column.kind}" for column in layout)
    names = ", ".join(column.name for column in layout)
    with connection.cursor() as cursor:
        cursor.execute(
            f"create temp table sheet (row_number int, {columns}, person_id bigint, why text) on commit drop"
        )
        with cursor.copy(f"copy sheet (row_number, {names}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("analyze sheet")


def _take_in(steps: Mapping[str, str], authority: Authority) -> dict[str, int]:
    asked: dict[str, Any] = {"authority": authority.pk, "today": clock.today()}
    counts = {}
    with connection.cursor() as cursor:
        for name, statement in steps.items():
            cursor.execute(statement, asked)
            counts[name] = cursor.fetchone()[0]
    return counts


def _left_over() -> list[Problem]:
    with connection.cursor() as cursor:
        cursor.execute("select row_number, number, why from sheet where why is not null order by row_number")
        return [Problem(row, number[:40], "", "", why, True) for row, number, why in cursor.fetchall()]
