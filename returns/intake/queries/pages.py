"""What the pages of a return show: its sum, its problems by kind, its rows and who is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow, Missing, Problem
from returns.intake.rules.found import PROBLEMS, group_words

Severity, Outcome = Problem.Severity, IntakeRow.Outcome
OPEN = Q(severity=Severity.ERROR) | Q(severity=Severity.QUERY, explained="")
OF_THE_ROW = "row"  # stands in addresses for a problem that is about no column


@dataclass(frozen=True)
class Sum:
    """A return at one glance: rows by what they need, and who was expected and is not on it."""

    rows: int
    out: int
    answered_off: int
    to_change: int
    to_check: int
    whole_file: int
    missing: int
    not_answered: int
    left: int
    never_came: int

    @property
    def fine(self) -> int:
        return self.rows - self.out - self.to_change - self.to_check

    @property
    def left_out(self) -> int:
        """Rows the sender left out, less those who were taken off a page by an answer."""
        return self.out - self.answered_off

    @property
    def answers(self) -> str:
        """What was said of those who are not on it: "2 left, 1 not answered"."""
        said = (
            (self.left, "left"),
            (self.never_came, "never came back"),
            (self.not_answered, "not answered"),
        )
        return ", ".join(f"{count} {words}" for count, words in said if count)

    @property
    def need_you(self) -> int:
        return self.to_change + self.to_check + self.whole_file


def sum_of(intake: Intake) -> Sum:
    """Two statements and one for the whole file's own."""
    mine = Problem.objects.filter(row=OuterRef("pk"))
    rows = IntakeRow.objects.filter(intake=intake).annotate(
        wrong=Exists(mine.filter(severity=Severity.ERROR)), unsure=Exists(mine.filter(OPEN))
    )
    counted = rows.aggregate(
        rows=Count("pk"),
        out=Count("pk", filter=Q(left_out=True)),
        answered_off=Count("pk", filter=Q(left_out=True, found=IntakeRow.Found.PRESET)),
        to_change=Count("pk", filter=Q(left_out=False, wrong=True)),
        to_check=Count("pk", filter=Q(left_out=False, wrong=False, unsure=True)),
    )
    missing = Missing.objects.filter(intake=intake).aggregate(
        missing=Count("pk"),
        not_answered=Count("pk", filter=Q(answer=Missing.Answer.OPEN)),
        left=Count("pk", filter=Q(answer=Missing.Answer.LEFT)),
        never_came=Count("pk", filter=Q(answer=Missing.Answer.NEVER_CAME)),
    )
    whole_file = Problem.objects.filter(OPEN, intake=intake, row=None).count()
    return Sum(**counted, **missing, whole_file=whole_file)


@dataclass(frozen=True)
class Group:
    """Problems of one kind in one column: what they are called, why it is asked, how many, and the first of them."""

    kind: str
    column: str
    severity: str
    words: str
    intent: str
    total: int
    problems: tuple[Problem, ...]

    @property
    def place(self) -> str:
        return self.column or OF_THE_ROW


def open_problems(intake: Intake) -> QuerySet[Problem]:
    """What needs the sender: to change, or to check or explain. Rows left out need nobody."""
    found = Problem.objects.filter(OPEN, intake=intake).exclude(row__left_out=True)
    return found.select_related("row").order_by("severity", "kind", "column", "row__number", "pk")


def groups_of(intake: Intake, most: int) -> list[Group]:
    """The open problems by kind and column, errors first, up to `most` of each. One statement."""
    alike = [F("severity"), F("kind"), F("column")]
    in_file = [F("row__number").asc(nulls_first=True), F("pk").asc()]
    numbered = open_problems(intake).annotate(
        place=Window(RowNumber(), partition_by=alike, order_by=in_file),
        total=Window(Count("pk"), partition_by=alike),
    )
    found: dict[tuple[str, str, str], list[tuple[Problem, int]]] = {}
    for problem in numbered.filter(place__lte=most):
        kind = (problem.severity, problem.kind, problem.column)
        found.setdefault(kind, []).append((problem, getattr(problem, "total")))  # noqa: B009
    return [group_of(intake, [each for each, _ in listed], listed[0][1]) for listed in found.values()]


def group_of(intake: Intake, problems: Iterable[Problem], total: int) -> Group:
    """Problems that are alike, as a group with its words."""
    listed = tuple(problems)
    first = listed[0]
    kind = PROBLEMS[first.kind]
    words = group_words(first.kind, words_of_column(intake, first.column))
    return Group(first.kind, first.column, first.severity, words, kind.intent, total, listed)


def words_of_column(intake: Intake, name: str) -> str:
    """What a column is called on the page; empty for none."""
    column = LAYOUTS[intake.type].by_name.get(name)
    return column.words if column else ""


@dataclass(frozen=True)
class Noted:
    """How many rows have something that is good to know and asks for nothing."""

    words: str
    total: int


def notes_of(intake: Intake) -> list[Noted]:
    """One statement."""
    counted = (
        Problem.objects.filter(intake=intake, severity=Severity.NOTE)
        .values_list("kind", "column")
        .annotate(total=Count("pk"))
        .order_by("kind", "column")
    )
    return [
        Noted(group_words(kind, words_of_column(intake, column)), total) for kind, column, total in counted
    ]


# --- compared with the register -------------------------------------------------------------------------------
OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    Outcome.CONTINUING: ("Continuing", "good", "They were with you before and still are."),
    Outcome.NEW_HERE: ("New here", "good", "The register has them somewhere else until now."),
    Outcome.NEW_PERSON: ("New to our register", "good", "We have not heard of them. They are added."),
    Outcome.LEFT: ("Left", "waiting", "They were with you and have left."),
    Outcome.RECORDS: (
        "Something new of them",
        "good",
        "They are on our register; what you say of them is added.",
    ),
    Outcome.UNCHANGED: ("Known already", "plain", "Nothing on the register changes."),
    Outcome.OVERRULED: (
        "The council knows something newer",
        "plain",
        "Somebody told the council of a later day. What you say is kept, and what is newer stands.",
    ),
    Outcome.DOUBTFUL: (
        "The council looks who it is",
        "waiting",
        "They may be one of several people on the register. You need do nothing.",
    ),
    Outcome.BESIDE: (
        "Kept beside: not on our register",
        "plain",
        "We have not heard of them, and this return adds nobody. Their rows are kept with it.",
    ),
    Outcome.STOPPED: (
        "Needs a change first",
        "bad",
        "These rows are not sent until what is wrong is changed.",
    ),
    Outcome.LEFT_OUT: ("Left out", "plain", "You left these rows out."),
    Outcome.NOT_YET: ("Not compared yet", "waiting", ""),
}


@dataclass(frozen=True)
class Difference:
    """How many rows came to one outcome, in words."""

    outcome: str
    words: str
    tone: str
    about: str
    count: int


def differences_of(intake: Intake) -> list[Difference]:
    """The rows by outcome, those that are there; one statement."""
    rows = IntakeRow.objects.filter(intake=intake).exclude(outcome="")
    if intake.channel == Intake.Channel.PAGE:  # those whom the page listed and who left are answered for
        rows = rows.exclude(found=IntakeRow.Found.PRESET, left_out=True)
    counted = dict(rows.values_list("outcome").annotate(count=Count("pk")).order_by())
    return [difference(outcome, counted[outcome]) for outcome in OUTCOMES if counted.get(outcome)]


def difference(outcome: str, count: int) -> Difference:
    words, tone, about = OUTCOMES[outcome]
    return Difference(outcome, words, tone, about, count)


# --- one row --------------------------------------------------------------------------------------------------
def value_of(row: IntakeRow, column: str) -> str:
    """What stands in a cell now: what somebody put there, else what was sent."""
    return str(row.fixed.get(column, row.sent.get(column, "")))


def name_of(row: IntakeRow) -> str:
    """First and last name, as far as the row has them."""
    parts = [row.clean.get(name) or value_of(row, name) for name in ("given_name", "family_name")]
    return " ".join(part for part in parts if part) or value_of(row, "whole_name")


def born_on(row: IntakeRow) -> date | None:
    text = row.clean.get("date_of_birth", "")
    return date.fromisoformat(text) if text else None
