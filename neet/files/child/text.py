"""Text with columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from neet.files.child import words
from neet.files.child.letters import decoded
from neet.files.child.rows import Asked, Rows
from neet.files.child.strangers import refuse_other_text
from neet.files.child.words import Refused

SAYS_SO = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
MARKS = ",;\t|"
LINES_LOOKED_AT = 50
LINES_IN_A_CELL = 12


def read_text(path: Path, asked: Asked) -> tuple[dict[str, object], list[str]]:
    """What the file is, and its rows. Raises Refused."""
    text, letters = decoded(path.read_bytes())
    if not text.strip("\ufeff \r\n\t\x00"):
        raise Refused(words.EMPTY)
    refuse_other_text(text)
    csv.field_size_limit(asked["longest_cell"])
    said = SAYS_SO.match(text)
    mark = said[1] if said else _mark(text)
    rows = Rows(asked).take(_records(text, mark, asked, 1 if said else 0))
    return {
        "kind": "csv",
        "encoding": letters,
        "sheet": "",
        "remarks": [],
        "merged": 0,
        **rows.told(),
    }, rows.lines


def _mark(text: str) -> str:
    """What stands between the cells: what cuts most lines into the same number of them."""
    some = "\n".join(line for line in text[:40_000].splitlines() if line.strip()).split("\n")[
        :LINES_LOOKED_AT
    ]
    return max(MARKS, key=lambda mark: _evenness(some, mark))


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=mark))
    except csv.Error:
        return (0, 0)
    widths.pop(1, None)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(text: str, mark: str, asked: Asked, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. A quotation mark that is closed nowhere, or many lines below, is refused."""
    try:
        found = _parsed(text, mark, strict=True)
    except csv.Error as problem:
        if "field limit" in str(problem):
            said = f"A cell is longer than {asked['longest_cell']:,} characters, or a quotation mark is never closed."
            raise Refused(said) from problem
        found = _parsed(text, mark, strict=False)
        if "end of data" in str(problem):
            raise Refused(words.NEVER_CLOSED.format(row=len(found))) from problem
    for number, cells in enumerate(found, start=1):
        if any(cell.count("\n") > LINES_IN_A_CELL for cell in cells):
            raise Refused(words.NEVER_CLOSED.format(row=number))
        if number > skipped:
            yield number, cells


def _parsed(text: str, mark: str, *, strict: bool) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict))
