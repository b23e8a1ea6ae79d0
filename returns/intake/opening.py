"""The file of a return opened: also one whose first row is already somebody and no row of headings."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path

from openpyxl.utils import get_column_letter

from neet.files.reader import Table, open_table
from returns.intake.rules.contents import is_a_row

MADE_UP = re.compile(r"Column [A-Z]{1,3}")  # the reader's name for a cell without a heading
MADE_APART = re.compile(r" \([A-Z]{1,3}\)$")  # and what it puts behind a heading that is there twice
NO_HEADINGS = "The file has no row of headings, so the columns go by their letters."


@contextmanager
def open_return(
    path: Path, expects: Collection[str], meanwhile: Callable[[], None] | None = None
) -> Iterator[Table]:
    """The table of a return's file, `meanwhile` being done while it is opened. Raises Unreadable, at once or while the
    rows are read."""
    with open_table(path, expects=expects, meanwhile=meanwhile) as table:
        yield _by_letters(table) if is_a_row(table.headings) else table


def _by_letters(table: Table) -> Table:
    """The same with letters for headings; what was taken for headings is its first row."""
    letters = tuple(f"Column {get_column_letter(at)}" for at in range(1, len(table.headings) + 1))
    first = ["" if MADE_UP.fullmatch(cell) else MADE_APART.sub("", cell) for cell in table.headings]
    rows = ((number, dict(zip(letters, cells.values(), strict=True))) for number, cells in table.rows)
    return replace(
        table,
        headings=letters,
        problems=(NO_HEADINGS,),
        rows=chain([(table.heading_row, dict(zip(letters, first, strict=True)))], rows),
    )
