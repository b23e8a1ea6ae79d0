"""A school's own file back: its columns in its order, what to change in words, and the cells that are meant marked."""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from returns.intake.files.look import ASKED, FONT, HEAD, LINE, QUIET, WRONG, width_of
from returns.intake.layouts.columns import Kind, Layout
from returns.intake.rules.found import Found, Severity

WHAT_TO_CHANGE, ROW = "What to change", "Row in your file"
ADDED = (WHAT_TO_CHANGE, ROW)
SAID = {Severity.ERROR: "Change", Severity.QUERY: "Check", Severity.NOTE: "Note"}
GRAVEST_FIRST = (Severity.ERROR, Severity.QUERY, Severity.NOTE)
LONGEST_CELL = 32_000
WIDEST, NARROWEST, WORDS_WIDE, LINE_HIGH = 40, 14, 64, 15

ABOUT = (
    "What to do with this file",
    "“What to change” says for each row what is the matter and how to mend it.",
    "“Change”: cells in red. The row waits until they are mended.",
    "“Check”: cells in yellow. Mend them, or send them as they are and say on the website why they are right.",
    "“Note”: good to know, nothing to do.",
    "Mend the cells, save the file and send it again on the website. The two columns we added do no harm there.",
    "Delete a row that should not be on the return.",
)


@dataclass(frozen=True, slots=True)
class SentSheet:
    """A file as it was sent: headings in their order, rows as (number in the file, cell by heading), and which heading
    holds which column (heading by column name)."""

    headings: Sequence[str]
    rows: Iterable[tuple[int, Mapping[str, str]]]
    columns: Mapping[str, str]


def returned_bytes(layout: Layout, sheet: SentSheet, problems: Iterable[Found], *, only_wrong: bool) -> bytes:
    """An Excel file of the sender's own rows, all or only those with something to change or check.

    Nothing in it computes. Sent again it is read like the first; the added columns are nothing of the return.
    """
    import xlsxwriter  # heavy: a quarter of a second that most requests never need

    of_rows = _by_row(problems)
    kept = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(kept, options) as book:
        page = book.add_worksheet(layout.title[:31])
        headings = [heading for heading in sheet.headings if heading not in ADDED]
        writer = _Writer(
            book, page, layout, headings, {heading: name for name, heading in sheet.columns.items()}
        )
        writer.head()
        for at, (number, cells) in enumerate(_wanted(sheet.rows, of_rows, only_wrong), start=1):
            writer.row(at, number, cells, of_rows.get(number, []))
        _about(book)
    return kept.getvalue()


def what_to_change(layout: Layout, problems: Iterable[Found]) -> str:
    """The problems of a row as one text, a line for each, the gravest first."""
    ordered = sorted(problems, key=lambda problem: GRAVEST_FIRST.index(problem.severity))
    return "\n".join(_line(layout, problem) for problem in ordered)[:LONGEST_CELL]


def _line(layout: Layout, problem: Found) -> str:
    column = layout.by_name.get(problem.column)
    where = f"{column.words}: " if column else ""
    fix = f" {problem.fix}" if problem.fix and problem.severity is not Severity.NOTE else ""
    return f"{SAID[problem.severity]} – {where}{problem.why}{fix}"


def _by_row(problems: Iterable[Found]) -> Mapping[int, list[Found]]:
    of_rows: dict[int, list[Found]] = defaultdict(list)
    for problem in problems:
        of_rows[problem.number].append(problem)
    return of_rows


def _wanted(
    rows: Iterable[tuple[int, Mapping[str, str]]], of_rows: Mapping[int, list[Found]], only_wrong: bool
) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, cells in rows:
        asks = any(problem.severity is not Severity.NOTE for problem in of_rows.get(number, ()))
        if asks or not only_wrong:
            yield number, cells


class _Writer:
    """One sheet being written from the top down."""

    def __init__(
        self, book: Any, page: Any, layout: Layout, headings: Sequence[str], columns: Mapping[str, str]
    ) -> None:
        self.page, self.layout, self.headings, self.columns = page, layout, headings, columns
        plain: dict[str, Any] = {
            "font_name": FONT,
            "font_size": 11,
            "valign": "top",
            "num_format": "@",
            "bottom": 1,
            "bottom_color": _rgb(LINE),
        }
        wrap = {"text_wrap": True}
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": _rgb(HEAD), **wrap, "valign": "vcenter"}
        self.heading = book.add_format({**plain, **head})
        self.number = book.add_format(
            {**plain, "num_format": "0", "align": "left", "font_color": _rgb(QUIET)}
        )
        colours = {
            None: {},
            Severity.ERROR: {"bg_color": _rgb(WRONG)},
            Severity.QUERY: {"bg_color": _rgb(ASKED)},
        }
        self.whole = {
            severity: book.add_format({**plain, **wrap, **each}) for severity, each in colours.items()
        }
        marks = {None: {}, Severity.ERROR: _mark(WRONG), Severity.QUERY: _mark(ASKED)}
        self.texts = {
            severity: book.add_format({**plain, **mark, **(wrap if severity else {})})
            for severity, mark in marks.items()
        }
        day = {"num_format": "dd/mm/yyyy", "align": "left"}
        self.days = {severity: book.add_format({**plain, **mark, **day}) for severity, mark in marks.items()}

    def head(self) -> None:
        """The headings, standing still."""
        self.page.freeze_panes(1, len(ADDED))
        self.page.set_row(0, 32)
        for at, heading in enumerate((*ADDED, *self.headings)):
            self.page.set_column(at, at, self._width(heading))
            self.page.write_string(0, at, heading, self.heading)
        self.page.set_landscape()
        self.page.set_paper(9)
        self.page.fit_to_pages(2, 0)
        self.page.repeat_rows(0)
        self.page.repeat_columns(0, len(ADDED) - 1)
        self.page.set_footer("&L&A&RPage &P of &N")

    def _width(self, heading: str) -> float:
        if heading in ADDED:
            return WORDS_WIDE if heading == WHAT_TO_CHANGE else NARROWEST
        column = self.layout.by_name.get(self.columns.get(heading, ""))
        return max(width_of(column) if column else NARROWEST, min(WIDEST, len(heading) + 3))

    def row(self, at: int, number: int, cells: Mapping[str, str], problems: Sequence[Found]) -> None:
        """One row of the sender with what is the matter before it."""
        marked = self._marked(problems)
        words = what_to_change(self.layout, problems)
        self.page.set_row(at, LINE_HIGH * sum(1 + len(line) // WORDS_WIDE for line in words.split("\n")))
        self.page.write_string(at, 0, words, self.whole[marked.get("")])
        self.page.write_number(at, 1, number, self.number)
        for place, heading in enumerate(self.headings, start=len(ADDED)):
            name = self.columns.get(heading)
            self._cell(at, place, heading, cells.get(heading, ""), marked.get(name) if name else None)

    def _marked(self, problems: Sequence[Found]) -> Mapping[str, Severity]:
        """The gravest problem of each column; under no name, what is wrong with the row as a whole."""
        gravest = sorted(problems, key=lambda problem: -GRAVEST_FIRST.index(problem.severity))
        return {each.column: each.severity for each in gravest if each.severity is not Severity.NOTE}

    def _cell(self, at: int, place: int, heading: str, text: str, severity: Severity | None) -> None:
        column = self.layout.by_name.get(self.columns.get(heading, ""))
        day = _as_day(text) if column and column.kind is Kind.DAY else None
        if day:
            self.page.write_datetime(at, place, day, self.days[severity])
        elif text:
            self.page.write_string(at, place, text[:LONGEST_CELL], self.texts[severity])
        else:
            self.page.write_blank(at, place, None, self.texts[severity])


def _as_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mark(colour: str) -> dict[str, Any]:
    return {"bg_color": _rgb(colour), "bold": True, "border": 1, "border_color": _rgb(LINE)}


def _rgb(colour: str) -> str:
    return f"#{colour[2:]}"


def _about(book: Any) -> None:
    page = book.add_worksheet("About this file")
    page.hide_gridlines(2)
    page.set_column(0, 0, 110)
    words = book.add_format({"font_name": FONT, "font_size": 11, "text_wrap": True})
    title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
    for row, line in enumerate(ABOUT):
        page.write_string(row, 0, line, title if row == 0 else words)
