"""A return looked at as a whole: rows cleaned, problems named, everybody looked for, compared with the register."""

from django.db.models import Count, Q

from neet import clock
from neet.files.rules.days import Order
from returns.intake.keeping import keep_problems, keep_rows
from returns.intake.layouts import LAYOUTS
from returns.intake.matching import match_rows
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.queries.comparison import Comparison, compare
from returns.intake.queries.naming import asked_about_name
from returns.intake.queries.problems import register_checks
from returns.intake.reading import Line, Tell
from returns.intake.rules.cells import clean_many
from returns.intake.rules.context import Context
from returns.intake.rules.whole import find
from tracking.reference.queries import ruleset

STEPS = 5


def nobody_told(done: int, total: int) -> None:
    """Progress where nobody watches."""


def look_again(intake: Intake, lines: list[Line] | None = None, tell: Tell = nobody_told) -> None:
    """Clean, check, match and compare all rows; the caller holds the return and saves it. `lines` come from its file,
    else they are the rows as they stand. What was fixed, left out, explained or decided stays.

    A few statements, whatever the number of rows.
    """
    layout, context = LAYOUTS[intake.type], context_of(intake)
    from_file = lines is not None
    lines = _with_fixes(intake, lines) if lines is not None else kept_lines(intake)
    cleaned = clean_many(layout, [(line.number, line.values) for line in lines], context)
    tell(1, STEPS)
    clean = [each.values for each in cleaned]
    keep_rows(intake, zip(lines, clean, strict=True), whole_file=from_file)
    tell(2, STEPS)
    out = set(intake.rows.filter(left_out=True).values_list("number", flat=True))
    problems = [problem for each in cleaned if each.number not in out for problem in each.problems]
    problems += asked_about_name(intake)
    problems += find((each.number, each.values) for each in cleaned if each.number not in out)
    match_rows(intake)
    tell(3, STEPS)
    keep_problems(intake, problems, also=register_checks(intake))
    tell(4, STEPS)
    compare_again(intake)


def compare_again(intake: Intake) -> Comparison:
    """Compare the rows with the register and keep the counts on the return; the caller saves it."""
    comparison = compare(intake=intake, on=clock.today())
    intake.counts = {**comparison.counts, **problem_counts(intake)}
    intake.fingerprint, intake.compared_at = comparison.fingerprint, clock.now()
    return comparison


def problem_counts(intake: Intake) -> dict[str, int]:
    """How many problems there are of each severity, and how many rows need their sender."""
    S = Problem.Severity
    open_query = Q(severity=S.QUERY, explained="")
    needs = Q(severity=S.ERROR) | open_query
    return intake.problems.aggregate(
        errors=Count("pk", filter=Q(severity=S.ERROR)),
        queries=Count("pk", filter=open_query),
        notes=Count("pk", filter=Q(severity=S.NOTE)),
        need_you=Count("row", filter=needs, distinct=True),
    )


def context_of(intake: Intake) -> Context:
    """What the reading of this return has to know."""
    return Context(
        ruleset=ruleset(intake.as_at),
        as_at=intake.as_at,
        today=clock.today(),
        establishment_kind=intake.establishment.kind,
        orders={column: Order(order) for column, order in intake.orders.items()},
    )


def kept_lines(intake: Intake) -> list[Line]:
    """The rows as they stand."""
    rows = IntakeRow.objects.filter(intake=intake).values_list("number", "sent", "fixed")
    return [Line(*row) for row in rows.order_by("number")]


def _with_fixes(intake: Intake, lines: list[Line]) -> list[Line]:
    """Lines just read, with what somebody fixed before and the rows they added."""
    rows = IntakeRow.objects.filter(intake=intake).exclude(fixed={})
    fixed = {number: (sent, values) for number, sent, values in rows.values_list("number", "sent", "fixed")}
    if not fixed:
        return lines
    read = [Line(line.number, line.sent, fixed.get(line.number, ({}, {}))[1]) for line in lines]
    added = [Line(number, {}, values) for number, (sent, values) in sorted(fixed.items()) if not sent]
    return read + added
