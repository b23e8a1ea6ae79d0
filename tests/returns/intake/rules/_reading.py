"""A return being read in tests: an autumn enrolment as on 30 September 2026, looked at in November."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from returns.intake.layouts import LAYOUTS
from returns.intake.rules.cells import Cleaned, clean
from returns.intake.rules.context import Context
from tracking.rules.ruleset import RuleSet

LAYOUT = LAYOUTS["enrolment"]
DAY = date(2026, 9, 30)
RULES = RuleSet.from_csv(DAY)
CONTEXT = Context(ruleset=RULES, as_at=DAY, today=date(2026, 11, 22))


def at_a(kind: str, **others: Any) -> Context:
    """The same return from another kind of establishment."""
    return replace(CONTEXT, establishment_kind=kind, **others)


def a_row(**values: str) -> dict[str, str]:
    """A row with nothing wrong about it, but for what is said."""
    return {
        "family_name": "Ambler",
        "given_name": "Ada",
        "date_of_birth": "14/03/2010",
        "gender": "Female",
        "postcode": "CT1 2AB",
        "year_group": "12",
        **values,
    }


def cleaned(context: Context = CONTEXT, **values: str) -> Cleaned:
    """Such a row, clean."""
    return clean(LAYOUT, a_row(**values), context, 7)


def kinds(row: Cleaned) -> list[str]:
    """The kinds of its problems."""
    return [problem.kind for problem in row.problems]


def said(row: Cleaned) -> Mapping[str, str]:
    """Why, by kind."""
    return {problem.kind: problem.why for problem in row.problems}
