"""Reading an error report: its headings, the first values below them, and where it lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from neet.files.models import StoredFile
from neet.files.reader import Unreadable, open_table
from returns.replies.layout import REPORT
from returns.replies.models import Reply

EXPECTED = [name for column in REPORT for name in (column.words, *column.also)]
EXAMPLES = 3


class CannotTake(Exception):
    """The reply cannot be noted as it stands; the words say what to do."""


@dataclass(frozen=True)
class Sample:
    """The headings of a waiting report with the first values below each."""

    headings: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


def sample_of(reply: Reply) -> Sample:
    """The first values below each heading, for the person who says what they hold. Raises CannotTake."""
    try:
        with open_table(path_of(reply), expects=EXPECTED) as table:
            first = [cells for (_, cells), _ in zip(table.rows, range(EXAMPLES), strict=False)]
            return Sample(
                table.headings, {name: tuple(row[name] for row in first) for name in table.headings}
            )
    except Unreadable as unreadable:
        raise CannotTake(str(unreadable)) from None


def headings_of(file: StoredFile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings of a report and what was odd about the file. Raises CannotTake for one that gives no table."""
    try:
        with open_table(file.path, expects=EXPECTED) as table:
            return table.headings, table.problems
    except Unreadable as unreadable:
        raise CannotTake(str(unreadable)) from None


def path_of(reply: Reply) -> Path:
    """Where the report lies. Raises CannotTake where it was taken away."""
    if reply.file is None or not reply.file.path.exists():
        raise CannotTake("The report is no longer here. Note the reply again with the file.")
    return reply.file.path
