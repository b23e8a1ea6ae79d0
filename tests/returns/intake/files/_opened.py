"""Files we hand out, opened in tests as a spreadsheet and as the reader of returns opens them."""

import io
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from neet.files.reader import open_table
from returns.intake.files.instructions import TemplateFacts
from returns.intake.rules.guessing import guess
from tests.returns.intake.rules._reading import DAY, LAYOUT, RULES

HEADINGS = {words for column in LAYOUT.columns for words in (column.words, *column.also)}
FACTS = TemplateFacts(
    establishment="Ashgrove School",
    establishment_kind="school",
    council="Norchester County Council",
    academic_year=2026,
    as_at=DAY,
    due_on=date(2026, 10, 9),
    ruleset=RULES,
    contact=("Jo Fielding, 01234 567890, returns@norchester.example",),
    file_name="8864001SchoolPost16Enrolment2026-27.xlsx",
)


def book_of(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def parts_of(content: bytes) -> dict[str, str]:
    """The XML parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def read_back(
    content: bytes, folder: Path
) -> tuple[dict[str, str], list[tuple[int, dict[str, str]]], tuple[str, ...]]:
    """The file as a return: heading by column where every guess is sure, its rows by column, what is odd about it."""
    path = folder / "sent.xlsx"
    path.write_bytes(content)
    with open_table(path, expects=HEADINGS) as table:
        rows = list(table.rows)
        made = guess(LAYOUT, table.headings, [cells for _, cells in rows[:60]], None, DAY)
    assert all(each.sure for each in made)
    columns = {each.column: each.heading for each in made if each.column}
    by_column = [
        (number, {name: cells[heading] for name, heading in columns.items() if cells[heading]})
        for number, cells in rows
    ]
    return columns, by_column, table.problems
