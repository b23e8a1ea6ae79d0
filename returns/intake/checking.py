"""A return looked at as a whole: rows cleaned, problems named, everybody looked for, compared with the register."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.db.models import Count, Q

from neet import clock
from neet.files.rules.days import Order
from returns.intake.keeping import Only, columns_used, keep_problems, keep_rows, take_up
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.many_lines import first_lines_only, without_twice
from returns.intake.matching import find_everybody
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.objectors import take_extras_off, told_of_extras
from returns.intake.queries.comparison import Comparison, compare, is_compared_in_part, look_up
from returns.intake.queries.naming import asked_about_name
from returns.intake.queries.problems import register_checks
from returns.intake.queries.register_says import without_our_own
from returns.intake.reading import Line, Tell
from returns.intake.rules.cells import Cleaned, clean_each, clean_many
from returns.intake.rules.context import Context
from returns.intake.rules.found import Found
from returns.intake.rules.whole import find, not_there
from tracking.matching.candidates import Beforehand
from tracking.matching.judging import nothing_else
from tracking.reference.queries import ruleset

STEPS = 4
ORDER_ASKED = "day_order"
# Kinds of problem that hang on other rows or on the file as a whole,
DEPENDENT = (
    "twice", "shared_number", "same_name", "swapped_columns", "differs_greatly", "wrong_file",
    "unknown_place", "no_consent", "below_the_years", "other_age", "plan_not_listed",
    "file_authority", "file_unknown_school", "file_other_school", "file_year", "file_month", "file_type", "no_column",
)  # fmt: skip
# and those that hang on whom a row is about.
BY_PERSON = ("number_elsewhere", "other_school", "outgrown", "never_here")
LOOKED_AT = ("family_name", "given_name", "date_of_birth", "young_person_id", "upn", "uln")
TAKEN_UP = f"""
select number, {", ".join(f"clean ->> '{name}'" for name in LOOKED_AT)} from looked where not left_out order by number
"""


def nobody_told(done: int, total: int) -> None:
    """Progress where nobody watches."""


def look_again(
    intake: Intake,
    lines: list[Line] | None = None,
    tell: Tell = nobody_told,
    beforehand: Beforehand | None = None,
) -> None:
    """Clean, check, match and compare all rows; the caller holds the return and saves it. `lines` come from its file,
    else they are the rows as they stand; `beforehand` are the register's names where they were read meanwhile. What
    was fixed, left out, explained or decided stays.

    A few statements, whatever the number of rows.
    """
    layout, context = LAYOUTS[intake.type], context_of(intake)
    from_file = lines is not None
    lines = _with_fixes(intake, lines) if lines is not None else kept_lines(intake)
    cleaned: list[Cleaned] = []
    keep_rows(intake, _cleaned(layout, lines, context, into=cleaned), whole_file=from_file)
    _tell_part(tell, 1, len(lines))
    out = set(intake.rows.filter(left_out=True).values_list("number", flat=True))
    counted = [each for each in cleaned if each.number not in out]
    problems = [problem for each in counted for problem in each.problems]
    problems += _of_the_columns(intake)
    said = [(each.number, each.values) for each in counted]
    problems += _of_the_whole(intake, said, lambda: find_everybody(intake, beforehand, _looked_up(intake)))
    _tell_part(tell, 2, len(lines))
    problems = without_our_own(intake, problems, context)
    withheld = take_extras_off(intake)
    keep_problems(intake, problems, [*register_checks(intake), told_of_extras(intake)])
    _tell_part(tell, 3, len(lines))
    _compared(intake, withheld=withheld if from_file else withheld + _withheld(intake))


def look_at(intake: Intake, row: IntakeRow) -> None:
    """Look again at one row that changed and at what depends on it; the caller holds the return and saves it.

    Where a column of the file has its days in an order that was asked about, all rows are looked at: what one cell
    means then hangs on the others.
    """
    if intake.problems.filter(kind=ORDER_ASKED).exists():
        look_again(intake)
        return
    line = Line(row.number, row.sent, row.fixed)
    layout, context = LAYOUTS[intake.type], context_of(intake)
    asked = [each.name for each in layout.columns if each.wanted or each.required_at_colleges]
    values = {**dict.fromkeys(columns_used(intake, asked), ""), **line.values}
    [cleaned] = clean_many(layout, [(row.number, values)], context)
    keep_rows(intake, [(line, cleaned.values)], whole_file=False)
    problems = [] if row.left_out else cleaned.problems
    part = row.number if is_compared_in_part(intake) else None
    meanwhile = _looked_up(intake) if part is None else nothing_else
    kept = list(_kept_clean())
    problems += _of_the_whole(intake, kept, lambda: find_everybody(intake, meanwhile=meanwhile))
    only = Only(row.number, (*DEPENDENT, *BY_PERSON) if part is None else DEPENDENT, BY_PERSON)
    problems = without_our_own(intake, problems + _of_the_columns(intake), context)
    withheld = take_extras_off(intake)
    more = [*register_checks(intake, part), told_of_extras(intake, row.number)]
    keep_problems(intake, problems, more, only)
    _compared(intake, withheld=withheld + _withheld(intake), only=part)


def _tell_part(tell: Tell, done: int, rows: int) -> None:
    """Progress in rows, as people count, though the steps go over all rows at once."""
    tell(rows * done // STEPS, rows)


def _cleaned(
    layout: Layout, lines: Sequence[Line], context: Context, into: list[Cleaned]
) -> Iterator[tuple[Line, Mapping[str, str]]]:
    """The lines with what was made of them, one by one: the database takes in the last while the next is cleaned."""
    said = [(line.number, line.values) for line in lines]
    for line, each in zip(lines, clean_each(layout, said, context), strict=True):
        into.append(each)
        yield line, each.values


def _of_the_whole(
    intake: Intake, rows: Sequence[tuple[int, Mapping[str, str]]], meanwhile: Callable[[], None]
) -> list[Found]:
    """What only shows over all rows together, looked for while the database does something else."""
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(find, rows)
        with first_lines_only(intake, rows):
            meanwhile()
        return without_twice(intake, found.result())


def _of_the_columns(intake: Intake) -> list[Found]:
    missing = not_there(LAYOUTS[intake.type], intake.columns, context_of(intake)) if intake.columns else []
    return asked_about_name(intake) + missing


def _kept_clean() -> Iterator[tuple[int, Mapping[str, str]]]:
    """What the file as a whole is looked at by, of the rows taken up that count."""
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_UP)
        for number, *values in cursor.fetchall():
            yield number, {name: value for name, value in zip(LOOKED_AT, values, strict=True) if value}


def compare_again(intake: Intake) -> Comparison:
    """Compare the rows with the register and keep the counts on the return; the caller saves it."""
    take_up(intake)
    look_up(intake=intake, on=clock.today())
    return _compared(intake, withheld=_withheld(intake))


def _looked_up(intake: Intake) -> Callable[[Sequence[int]], None]:
    """Has at hand what the register says of some people and of those found."""
    return lambda people: look_up(intake=intake, on=clock.today(), people=people)


def _withheld(intake: Intake) -> int:
    """How many values of objectors were taken off its rows so far."""
    return int(intake.counts.get("withheld", 0))


def _compared(intake: Intake, *, withheld: int, only: int | None = None) -> Comparison:
    comparison = compare(intake=intake, on=clock.today(), only=only)
    intake.counts = {**comparison.counts, **problem_counts(intake), "withheld": withheld}
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
        establishment_kind=intake.kind_of_place,
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
