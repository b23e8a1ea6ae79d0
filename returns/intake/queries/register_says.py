"""What the register itself wrote is nothing to ask a sender about: our own file sent back has no errors."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import connection

from returns.intake.layouts import LAYOUTS
from returns.intake.layouts.columns import Layout
from returns.intake.models import Intake
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.presets import presets
from returns.intake.rules.cells import WANTED, clean_cell
from returns.intake.rules.context import Context
from returns.intake.rules.found import Found, Severity
from returns.intake.rules.showing import shown

ASKED = frozenset({Severity.ERROR, Severity.QUERY})
BY_AGE = ("date_of_birth", "year_group")
# Kinds that hang on more than the cell they stand at.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "outside_years": BY_AGE, "outside_age": BY_AGE, "age_without_plan": BY_AGE, "year_and_age": BY_AGE,
    "starts_later": ("starts_on",), "over_already": ("predicted_end_on",),
    "ends_before_start": ("starts_on", "predicted_end_on"),
    "same_name": ("family_name", "given_name", "date_of_birth"),
}  # fmt: skip
OF_THE_FILE = frozenset({"twice", "has_left"})  # the sender's doing, whatever the register says
EMPTY = frozenset({"missing", "wanted"})
TOLD = "select number, person_id, sent || fixed from looked where number = any(%s::int[]) and person_id is not null"


@dataclass(frozen=True, slots=True)
class _Line:
    """What a row says beside what our own file has for the same young person."""

    said: Mapping[str, str]
    ours: Mapping[str, str]


def without_our_own(intake: Intake, problems: Iterable[Found], context: Context) -> list[Found]:
    """The problems without those about values that our own file for this return has just so: the year of somebody
    with a plan the sender may not see, a name the register spells oddly. Only young people who are in that file, so
    nothing is told by it. What is empty there too is asked for, yet stops no row. At most five statements."""
    found = list(problems)
    numbers = {each.number for each in found if each.number and each.severity in ASKED}
    lines = _lines(intake, numbers) if numbers else {}
    if not lines:
        return found
    layout = LAYOUTS[intake.type]
    judged = (_judged(each, lines.get(each.number), layout, context) for each in found)
    return [each for each in judged if each is not None]


def _lines(intake: Intake, numbers: set[int]) -> dict[int, _Line]:
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(numbers)])
        told = {number: (person, json.loads(said)) for number, person, said in cursor.fetchall()}
    people = {person for person, _ in told.values()}
    listed = (
        {each.person_id for each in expected_pupils(Whose.of(intake)) if not each.is_leaver} if told else ()
    )
    ours = {
        each.person_id: each.values
        for each in presets(
            people.intersection(listed), LAYOUTS[intake.type],
            establishment_id=intake.establishment_id, on=intake.as_at,
        )
    }  # fmt: skip
    return {number: _Line(said, ours[person]) for number, (person, said) in told.items() if person in ours}


def _judged(each: Found, line: _Line | None, layout: Layout, context: Context) -> Found | None:
    """The problem as it stays, or nothing."""
    if line is None or each.severity not in ASKED or each.kind in OF_THE_FILE or not each.column:
        return each
    if each.kind in EMPTY:
        return each if line.ours.get(each.column) else _wanted(each)
    columns = TOGETHER.get(each.kind, (each.column,))
    return None if all(_is_ours(line, name, layout, context) for name in columns) else each


def _wanted(each: Found) -> Found:
    return replace(each, kind="wanted", severity=Severity.QUERY, why=WANTED.why, fix=WANTED.fix)


def _is_ours(line: _Line, name: str, layout: Layout, context: Context) -> bool:
    """Whether a cell says what our file says there, however it is written; an empty one contradicts nothing."""
    said, ours = line.said.get(name, ""), line.ours.get(name, "")
    if not said or said in {ours, shown(layout.column(name), ours, context.ruleset)}:
        return True
    return bool(ours) and clean_cell(layout, name, said, context)[0] == ours
