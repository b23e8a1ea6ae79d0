"""The file a school fills in: its own pupils, headings that stay put, lists to choose from, and nothing hidden."""

import io
from collections.abc import Iterable, Mapping
from datetime import date

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from returns.intake.files import look
from returns.intake.files.instructions import TemplateFacts, explain, in_words
from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.rules.showing import choices_of, shown

TITLE_ROW, WORDS_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4
LAST_ROW = 5000  # lists and checks reach so far down
LAST_COLUMN = 16_384
NEEDED = " *"
SHOWN_BESIDE = "given_name"  # columns up to here stand still when the sheet moves sideways
INSTRUCTIONS, LISTS = "Instructions", "Lists"
WIDEST_PROMPT = 255


def template_bytes(layout: Layout, facts: TemplateFacts, pupils: Iterable[Mapping[str, str]] = ()) -> bytes:
    """An Excel file with a row for each of `pupils` (clean values by column name); without them a blank one.

    Whatever a row should not show, its caller leaves out. Texts stay texts, days are days, and the reader of returns
    finds every column again.
    """
    book = look.new_book(facts.title(layout))
    page = book.active
    page.title = facts.learners.capitalize()
    columns = layout.template_columns()
    _head(page, layout, facts, columns)
    _rows(page, facts, columns, pupils)
    explain(book.create_sheet(INSTRUCTIONS), layout, facts)
    _choices(page, book.create_sheet(LISTS), layout, facts, columns)
    _hold_still(page, columns)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


# --- the sheet of pupils ------------------------------------------------------------------------------------------


def _head(page: Worksheet, layout: Layout, facts: TemplateFacts, columns: tuple[Column, ...]) -> None:
    look.write(page.cell(TITLE_ROW, 1), facts.title(layout), look.TITLE)
    words = (
        f"As on {in_words(facts.as_at)}, to be sent by {in_words(facts.due_on)}. One line for each; add who is new "
        f"below, delete the line of who has left. Headings with * are needed. More on the sheet “{INSTRUCTIONS}”."
    )
    look.write(page.cell(WORDS_ROW, 1), words, look.SMALL)
    for at, column in enumerate(columns, start=1):
        cell = look.write(page.cell(HEADING_ROW, at), _heading(column, facts), look.HEADING)
        cell.fill = look.fill(look.HEAD_NEEDED if facts.needs(column) else look.HEAD)
        cell.alignment, cell.border, cell.protection = look.MIDDLE, look.AROUND, look.LOCKED
    page.row_dimensions[TITLE_ROW].height = 28
    page.row_dimensions[WORDS_ROW].height = 20
    page.row_dimensions[HEADING_ROW].height = 34


def _heading(column: Column, facts: TemplateFacts) -> str:
    return column.words + NEEDED if facts.needs(column) else column.words


def _rows(
    page: Worksheet, facts: TemplateFacts, columns: tuple[Column, ...], pupils: Iterable[Mapping[str, str]]
) -> None:
    styles = {column.name: _style(page, column) for column in columns}
    for row, values in enumerate(pupils, start=FIRST_ROW):
        for at, column in enumerate(columns, start=1):
            cell = page.cell(row, at, _cell(column, values.get(column.name, ""), facts))
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text stays a text, whatever it begins with
            cell.style = styles[column.name]


def _style(page: Worksheet, column: Column) -> str:
    """How the cells of a column look, by a name of the workbook: the same for thousands of them."""
    quiet = column.kind is Kind.PERSON_NUMBER
    name = "Pupil, day" if column.kind is Kind.DAY else "Pupil, our number" if quiet else "Pupil, text"
    if name not in page.parent.named_styles:
        style = NamedStyle(
            name,
            font=look.SMALL if quiet else look.PLAIN,
            number_format=_format(column),
            protection=look.OPEN,
            border=look.BELOW,
            alignment=look.LEFT,
        )
        page.parent.add_named_style(style)
    return name


def _cell(column: Column, value: str, facts: TemplateFacts) -> str | date | None:
    if column.kind is Kind.DAY and value:
        return date.fromisoformat(value)
    return ILLEGAL_CHARACTERS_RE.sub("", shown(column, value, facts.ruleset)) or None


def _format(column: Column) -> str:
    return look.AS_DAY if column.kind is Kind.DAY else look.AS_TEXT


def _hold_still(page: Worksheet, columns: tuple[Column, ...]) -> None:
    """Headings are locked and always in sight; everything below is free, so that a line can be deleted whole."""
    for at, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(at)] = _dimension(
            page, at, at, look.width_of(column), _format(column)
        )
    beyond = len(columns) + 1
    page.column_dimensions[get_column_letter(beyond)] = _dimension(
        page, beyond, LAST_COLUMN, 13, look.AS_TEXT
    )
    names = [column.name for column in columns]
    page.freeze_panes = page.cell(FIRST_ROW, names.index(SHOWN_BESIDE) + 2)
    allowed = page.protection
    allowed.sheet = True
    allowed.deleteRows = allowed.insertRows = allowed.sort = allowed.autoFilter = (
        False  # False: nothing forbids it
    )
    allowed.formatCells = allowed.formatColumns = allowed.formatRows = False
    page.sheet_view.zoomScale = 100
    at = names.index(SHOWN_BESIDE) + 1
    look.print_setup(
        page, heading_row=HEADING_ROW, names=f"{get_column_letter(at - 1)}:{get_column_letter(at)}"
    )


def _dimension(page: Worksheet, first: int, last: int, width: float, number_format: str) -> ColumnDimension:
    dimension = ColumnDimension(
        page, index=get_column_letter(first), min=first, max=last, width=width, customWidth=True
    )
    dimension.font, dimension.number_format, dimension.protection = look.PLAIN, number_format, look.OPEN
    dimension.alignment = look.LEFT
    return dimension


# --- what may be chosen -------------------------------------------------------------------------------------------


def _choices(
    page: Worksheet, lists: Worksheet, layout: Layout, facts: TemplateFacts, columns: tuple[Column, ...]
) -> None:
    """A list to choose from, a date, or at least a word of help, below every heading; the lists stand open."""
    place = 0
    listed: dict[tuple[str, ...], str] = {}
    for at, column in enumerate(columns, start=1):
        choices = choices_of(column, layout, facts.establishment_kind, facts.ruleset)
        if choices and choices not in listed:
            place += 1
            listed[choices] = _list(lists, place, column, choices)
        check = _check(column, listed.get(choices, ""), facts)
        check.add(f"{get_column_letter(at)}{FIRST_ROW}:{get_column_letter(at)}{LAST_ROW}")
        page.add_data_validation(check)
    lists.protection.sheet = True
    look.print_setup(lists)


def _list(lists: Worksheet, place: int, column: Column, choices: tuple[str, ...]) -> str:
    """Write a list down; where it stands."""
    # the name of a column itself would make this sheet look like the one to be read
    heading = "Yes or No" if column.kind is Kind.YES_NO else f"{column.words}: choices"
    head = look.write(lists.cell(1, place), heading, look.HEADING)
    head.fill = look.fill(look.HEAD)
    for row, words in enumerate(choices, start=2):
        look.write(lists.cell(row, place), words)
    letter = get_column_letter(place)
    lists.column_dimensions[letter].width = max(16, *(len(words) * 1.05 + 2 for words in (heading, *choices)))
    return f"'{LISTS}'!${letter}$2:${letter}${len(choices) + 1}"


def _check(column: Column, listed: str, facts: TemplateFacts) -> DataValidation:
    """Help beside a cell, and a word where what is typed cannot be; never a wall."""
    check = DataValidation(allow_blank=True, showErrorMessage=bool(listed) or column.kind is Kind.DAY)
    if listed:
        check.type, check.formula1 = "list", listed
        check.error = "Choose from the list."
    elif column.kind is Kind.DAY and column.years:
        first, last = (facts.as_at.year + years for years in column.years)
        check.type, check.operator = "date", "between"
        check.formula1, check.formula2 = _serial(date(first, 1, 1)), _serial(date(last, 12, 31))
        check.error = f"Write day, month and year, between {first} and {last}: 31/12/{first}."
    check.errorStyle, check.errorTitle = "warning", column.words
    if column.about:
        check.showInputMessage, check.promptTitle = True, column.words
        check.prompt = column.about[:WIDEST_PROMPT]
    return check


def _serial(day: date) -> str:
    return str((day - date(1899, 12, 30)).days)
