"""How a workbook looks that we hand out: one font, quiet colours, words beside every colour, ready to print."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from returns.intake.layouts.columns import Column, Kind

FONT = "Arial"
INK, QUIET, LINE = "FF0B0C0C", "FF505A5F", "FFB1B4B6"
HEAD, HEAD_NEEDED = "FF1D3A5F", "FF0F5A63"
PALE, WRONG, ASKED = "FFF3F4F6", "FFF9D6D0", "FFFFF1C7"
AS_TEXT, AS_DAY = "@", "DD/MM/YYYY"

WIDTHS: Mapping[str, float] = {
    "young_person_id": 17,
    "family_name": 20,
    "given_name": 18,
    "line_1": 28,
    "line_2": 20,
    "email": 30,
    "parent_name": 24,
    "parent_email": 30,
    "activity": 38,
    "course": 30,
}
WIDTH_OF_KIND: Mapping[Kind, float] = {
    Kind.DAY: 15,
    Kind.UPN: 17,
    Kind.ULN: 14,
    Kind.POSTCODE: 12,
    Kind.PHONE: 18,
    Kind.GENDER: 19,
    Kind.YES_NO: 13,
    Kind.YEAR_GROUP: 9,
}

PLAIN = Font(name=FONT, size=11, color=INK)
SMALL = Font(name=FONT, size=10, color=QUIET)
BOLD = Font(name=FONT, size=11, color=INK, bold=True)
TITLE = Font(name=FONT, size=18, color=INK, bold=True)
HEADING = Font(name=FONT, size=11, color="FFFFFFFF", bold=True)
THIN = Side(style="thin", color=LINE)
AROUND = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
BELOW = Border(bottom=THIN)
OPEN, LOCKED = Protection(locked=False), Protection(locked=True)
TOP = Alignment(vertical="top", wrap_text=True)
LEFT = Alignment(horizontal="left")
MIDDLE = Alignment(vertical="center", wrap_text=True)


def fill(colour: str) -> PatternFill:
    """One even colour."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def new_book(title: str) -> Workbook:
    """An empty workbook that says who made it in general words only: no name, no machine."""
    book = Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "NEET register"
    book.properties.title = title
    return book


def write(cell: Cell, value: Any, font: Font = PLAIN) -> Cell:
    """Put a value in a cell as what it is: a text stays a text, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = AS_TEXT
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, date):
        cell.number_format = AS_DAY
    cell.font = font
    return cell


def print_setup(page: Worksheet, *, heading_row: int = 0, names: str = "") -> None:
    """A4 upright, or across and two pages wide with headings and names on each; page numbers and the sheet's name."""
    page.page_setup.orientation = "landscape" if heading_row else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 2 if heading_row else 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "Page &P of &N"
    if heading_row:
        page.print_title_rows, page.print_title_cols = f"{heading_row}:{heading_row}", names


def width_of(column: Column) -> float:
    """How wide a column stands."""
    return WIDTHS.get(column.name) or WIDTH_OF_KIND.get(column.kind) or max(14, len(column.words) + 3)
