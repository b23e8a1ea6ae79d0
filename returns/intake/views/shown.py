"""What the templates of a return are given: each problem with its box, each answer with its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.queries.differences import Change
from returns.intake.queries.pages import OF_THE_ROW, Group, name_of, value_of, words_of_column
from returns.intake.rules import showing
from tracking.reference.queries import ruleset

FIRST_OF_A_KIND = 10


@dataclass(frozen=True)
class Mend:
    """One problem: whose row, what stands there, why it is one, and the box to put it right."""

    key: str
    number: int
    name: str
    kind: str
    column: str
    column_words: str
    severity: str
    value: str
    choices: Sequence[str]
    why: str
    fix: str
    explained: str
    row_url: str
    fix_url: str
    leave_out_url: str
    explain_url: str


@dataclass(frozen=True)
class ShownGroup:
    """Problems of one kind as the page lists them."""

    group: Group
    mends: tuple[Mend, ...]
    url: str

    @property
    def more(self) -> bool:
        return self.group.total > len(self.mends)


def group_shown(intake: Intake, group: Group) -> ShownGroup:
    url = reverse("return_problems", args=[intake.ref, group.kind, group.place])
    choices = choices_of(intake)
    return ShownGroup(group, tuple(mend_of(intake, each, choices) for each in group.problems), url)


def mend_of(intake: Intake, problem: Problem, choices: Mapping[str, Sequence[str]]) -> Mend:
    row = problem.row
    return Mend(
        key=key_of(problem),
        number=row.number if row else 0,
        name=name_of(row) if row else "",
        kind=problem.kind,
        column=problem.column if row else "",
        column_words=words_of_column(intake, problem.column),
        severity=problem.severity,
        value=worded(intake, problem.column, value_of(row, problem.column)) if row else "",
        choices=choices.get(problem.column, ()),
        why=problem.why,
        fix=problem.fix,
        explained=problem.explained,
        row_url=reverse("return_row", args=[intake.ref, row.number]) if row else "",
        fix_url=reverse("fix_cell", args=[intake.ref, row.number]) if row else "",
        leave_out_url=reverse("leave_row_out", args=[intake.ref, row.number]) if row else "",
        explain_url=reverse("explain_problem", args=[intake.ref, row.number if row else 0]),
    )


def key_of(problem: Problem) -> str:
    """What a problem is called on a page: it stays the same however often the rows are looked at anew."""
    return f"{problem.row.number if problem.row else 0}-{problem.kind}-{problem.column or OF_THE_ROW}"


def choices_of(intake: Intake) -> dict[str, Sequence[str]]:
    """The words to choose from, for each column that has a list."""
    layout, rules = LAYOUTS[intake.type], ruleset(intake.as_at)
    found = {
        each.name: showing.choices_of(each, layout, intake.kind_of_place, rules) for each in layout.columns
    }
    return {name: words for name, words in found.items() if words}


def worded(intake: Intake, name: str, value: str) -> str:
    """A value in words: what came from the register stands there as codes and ISO days."""
    column = LAYOUTS[intake.type].by_name.get(name)
    return showing.shown(column, value, ruleset(intake.as_at)) if column and value else value


@dataclass(frozen=True)
class ShownChange:
    """What would change about somebody, in words; `before` is empty where nothing is known, or nothing is shown."""

    words: str
    before: str
    after: str


def change_shown(intake: Intake, change: Change) -> ShownChange:
    words = words_of_column(intake, change.column) or "Address"
    return ShownChange(
        words, worded(intake, change.column, change.before), worded(intake, change.column, change.after)
    )


def values_shown(intake: Intake, row: IntakeRow) -> list[tuple[str, str]]:
    """A row's cells that hold something, in words."""
    pairs = (
        (each.words, worded(intake, each.name, value_of(row, each.name)))
        for each in LAYOUTS[intake.type].columns
    )
    return [(words, value) for words, value in pairs if value]
