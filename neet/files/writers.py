"""Files people open in a spreadsheet: nothing in them computes, nothing in them is hidden."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from neet.files.rules.cells import disarmed

BOM = "\ufeff"  # without it Excel reads the file in the code page of the machine
WIDEST = 60


class _Echo:
    """A file that gives back what is written to it, one line at a time."""

    def write(self, text: str) -> str:
        return text


def csv_chunks(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A CSV file as Excel opens it, line by line. Texts that would compute carry an apostrophe (taken off again by the
    reader when the file comes back); days are ISO."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield (BOM + writer.writerow([disarmed(heading) for heading in headings])).encode()
    for row in rows:
        yield writer.writerow([_text(cell) for cell in row]).encode()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return disarmed(cell)
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


@dataclass(frozen=True)
class Sheet:
    """One visible sheet: a name, headings and rows."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def xlsx_bytes(*sheets: Sheet) -> bytes:
    """An Excel file: texts stay texts, days are days, the first row stands still."""
    import xlsxwriter  # heavy: a quarter of a second that most requests never need

    kept = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        for sheet in sheets:
            _write(book, sheet)
    return kept.getvalue()


def _write(book: Any, sheet: Sheet) -> None:
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet(sheet.name[:31])
    page.freeze_panes(1, 0)
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, min(WIDEST, max(12, len(heading) + 2)))
        page.write_string(0, column, heading, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(page, number, column, cell, day)


def _write_cell(page: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_string(row, column, "Yes" if cell else "No")
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        page.write_datetime(row, column, cell, day)
    else:
        page.write_string(row, column, cell.isoformat() if isinstance(cell, datetime) else str(cell))
