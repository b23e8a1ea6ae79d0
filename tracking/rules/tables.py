"""The dated tables rules are made of: which there are, what tells their rows apart, and how rows of text are read.

The seed files (`tracking/reference/seed/*.csv`) fill the database; what holds on a day is asked of either the same way.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

SEED = Path(__file__).resolve().parent.parent / "reference" / "seed"

# Every table with the columns that, beside valid_from, tell one row from another.
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activity_codes": ("code",),
        "activity_requirements": ("activity_code", "needs"),
        "currency_rules": ("activity_code",),
        "characteristic_codes": ("code",),
        "cohort_status_codes": ("code",),
        "ethnicity_codes": ("code",),
        "gender_codes": ("code",),
        "guarantee_status_codes": ("code",),
        "intended_destination_codes": ("code",),
        "la_codes": ("code",),
        "level_of_need_codes": ("code",),
        "yes_no_codes": ("code",),
        "limits": ("name",),
        "formats": ("name", "value"),
        "precedence": ("field", "source"),
        "error_rules": ("code",),
        "figure_months": ("code",),
        "allocation_rules": ("code",),
        "offer_rules": ("code",),
        "allocation_examples": ("code",),
        "letter_series": ("code",),
        "letter_wordings": ("code", "language"),
        "risk_factors": ("code",),
        "contact_outcomes": ("code",),
        "source_ladder": ("code",),
        "chase_weights": ("code",),
        "contact_protocol": ("code",),
        "plan_steps": ("code",),
        "campaign_kinds": ("code",),
        "plan_items": ("code",),
        "message_wordings": ("code",),
        "message_translations": ("code", "language"),
        "answers_offered": ("code",),
        "survey_questions": ("survey", "asked", "language"),
        "offer_stages": ("code",),
        "return_calendar": ("code",),
        "articles": ("code",),
        "channel_labels": ("code",),
        "leaving_reasons": ("code",),
        "retention_rules": ("code",),
        "activity_survey_groups": ("code",),
        "activity_survey_columns": ("code",),
        "assessment_lines": ("code",),
        "indicators": ("code",),
        "sought_sectors": ("code",),
        "sought_levels": ("code",),
        "barriers": ("code",),
        "provision": ("code",),
        "figure_targets": ("code",),
    }
)

T = TypeVar("T")
Row = Mapping[str, str]
Tables = Mapping[str, Iterable[Row]]


class BadRow(ValueError):
    """A row of a rule table that cannot be used; the message names the table, the row and the reason."""


@cache
def seed_tables() -> Mapping[str, tuple[Row, ...]]:
    """Every seed table as rows of text."""
    return MappingProxyType({name: tuple(_seed_rows(name)) for name in TABLES})


def _seed_rows(name: str) -> Iterator[Row]:
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def holds_on(row: Row, on: date) -> bool:
    """Whether a dated row is valid on a day; both ends count, an empty end is open."""
    day = on.isoformat()
    return (row.get("valid_from") or "") <= day <= (row.get("valid_to") or "9999-12-31")


def read(on: date, tables: Tables, name: str, parse: Callable[[Row], T]) -> Iterator[T]:
    """The rows of a table that hold on the day, each as `parse` makes it. Raises BadRow naming table and row."""
    for row in tables[name]:
        if holds_on(row, on):
            try:
                yield parse(row)
            except (KeyError, ValueError) as problem:
                raise BadRow(f"{name}: {_named(name, row)}: {problem}") from problem


def by_code(on: date, tables: Tables, name: str, parse: Callable[[Row], T]) -> Mapping[str, T]:
    """The same by the first column of the table's key. Raises BadRow where two rows of a code hold on the day."""
    key = TABLES[name][0]
    found: dict[str, T] = {}
    for code, value in read(on, tables, name, lambda row: (row[key], parse(row))):
        if code in found:
            raise BadRow(f"{name}: {code} has two rows that hold on {on.isoformat()}")
        found[code] = value
    return MappingProxyType(found)


def _named(name: str, row: Row) -> str:
    return " ".join(row.get(column, "?") for column in TABLES[name])
