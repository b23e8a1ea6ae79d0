"""Returns on which somebody may stand on several lines: who they are is found once, by the first of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection

from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.queries.statements import statement
from returns.intake.rules.found import Found
from returns.intake.rules.whole import lines_of_one

Row = tuple[int, Mapping[str, str]]


@contextmanager
def first_lines_only(intake: Intake, rows: Sequence[Row]) -> Iterator[None]:
    """Inside, only the first line of everybody is looked for; after it the others are whoever the first one is."""
    after = lines_of_one(rows) if LAYOUTS[intake.type].many_lines else []
    if not after:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(statement("lines_set_apart"), {"lines": [line for line, _ in after],
                                                      "firsts": [first for _, first in after]})  # fmt: skip
        yield
        cursor.execute(statement("lines_join"))


def without_twice(intake: Intake, problems: Sequence[Found]) -> list[Found]:
    """The problems of a file as a whole; where lines may be several, that they are is none."""
    many = LAYOUTS[intake.type].many_lines
    return [each for each in problems if not (many and each.kind == "twice")]
