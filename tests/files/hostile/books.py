"""Excel files: awkward ones that honest people send, and what attackers put into them."""

import io
from collections.abc import Callable
from datetime import date, datetime, time

import xlsxwriter

from tests.files.hostile import raw
from tests.files.hostile.case import HEADINGS, PUPILS, TABLE, Collection
from tests.files.hostile.raw import MAIN, START, book, sheet

FILES = Collection()
read, refused = FILES.read, FILES.refused
AT = datetime(2026, 11, 20, 9)


def written(fill: Callable[[xlsxwriter.Workbook], None], **options: object) -> bytes:
    """A book as Excel would save it."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as workbook:
        workbook.set_properties({"created": AT})
        fill(workbook)
    return made.getvalue()


def put(workbook: xlsxwriter.Workbook, name: str = "Pupils", table=TABLE, top: int = 0, left: int = 0):
    """A sheet that holds the table."""
    page = workbook.add_worksheet(name)
    for number, row in enumerate(table):
        page.write_row(top + number, left, row)
    return page


# --- as honest people send them ---------------------------------------------------------------------------------


@read("plain.xlsx")
def plain() -> bytes:
    """As Excel writes it."""
    return written(put)


@read("by-hand.xlsx")
def by_hand() -> bytes:
    """The least a book must hold."""
    return book()


@read("book.csv")
def named_csv() -> bytes:
    """A book that is named a CSV file."""
    return written(put)


@read("text.xlsx")
def text_named_book() -> bytes:
    """A CSV file that is named a book."""
    return "".join(",".join(row) + "\n" for row in TABLE).encode()


@read("row-5.xlsx", heading_row=5, numbers=(6, 7, 8))
def row_5() -> bytes:
    """A title over merged cells, a day and a school above the table."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook, top=4)
        page.merge_range("A1:E1", "Year 12 and 13 pupils")
        page.write_row(1, 0, ["Printed on", "22 November 2026"])

    return written(fill)


@read("gaps.xlsx", heading_row=104, numbers=(105, 106, 107), headings=("Column A", "Column B", *HEADINGS),
      rows=tuple(("", "", *row) for row in PUPILS))  # fmt: skip
def gaps() -> bytes:
    """A table that begins at C104."""
    return written(lambda workbook: put(workbook, top=103, left=2))


@read("blank-but-formatted.xlsx")
def formatted() -> bytes:
    """A hundred blank rows and sixteen thousand blank columns that carry a colour."""
    blank = '<c s="0"/>' * 16_000
    data = raw.rows(TABLE).replace("</row>", f"{blank}</row>") + f"<row>{blank}</row>" * 100
    return book(sheet(data))


@read("blanks-typed.xlsx")
def blanks_typed() -> bytes:
    """Sixteen thousand columns that hold one blank each."""
    return book(sheet(raw.rows([(*row, *[" "] * 16_000) for row in TABLE])))


DAYS = (
    ("Smith", "Ann", "2009-10-05", "2026-11-20T14:30:00", "08:45:00"),
    ("Brown", "Bea", "2009-10-05", "12", "0.5"),
    ("Green", "Cal", "40091", "1234567890123", "7700900123"),
    ("White", "Dee", "Yes", "-3", "1e+20"),
)


def as_excel_keeps_them(workbook: xlsxwriter.Workbook) -> None:
    day = workbook.add_format({"num_format": "[$-809]dddd d mmmm yyyy"})
    moment = workbook.add_format({"num_format": "dd.mm.yy hh:mm"})
    hour = workbook.add_format({"num_format": "hh:mm"})
    zeros = workbook.add_format({"num_format": "00000000000"})
    page = put(workbook, table=[HEADINGS, *[row[:2] for row in DAYS]])
    page.write_datetime(1, 2, date(2009, 10, 5), day)
    page.write_datetime(1, 3, datetime(2026, 11, 20, 14, 30), moment)
    page.write_datetime(1, 4, time(8, 45), hour)
    page.write_datetime(2, 2, date(2009, 10, 5), day)
    page.write_number(2, 3, 12.0)
    page.write_number(2, 4, 0.5)
    page.write_number(3, 2, 40091)
    page.write_number(3, 3, 1234567890123)
    page.write_number(3, 4, 7700900123, zeros)
    page.write_boolean(4, 2, True)
    page.write_number(4, 3, -3)
    page.write_number(4, 4, 1e20)


@read("days.xlsx", rows=DAYS)
def days() -> bytes:
    """Days, moments and hours in odd formats, a day as Excel's own number, a telephone number without its zero."""
    return written(as_excel_keeps_them)


@read("days-1904.xlsx", rows=DAYS)
def days_of_1904() -> bytes:
    """The same from a machine that counts its days from 1904."""
    return written(as_excel_keeps_them, date_1904=True)


FAILED = ("Smith", "Ann", "#N/A", "#REF!", "#DIV/0!")


@read("errors.xlsx", rows=(("Smith", "Ann", "", "", ""),), remarks=("3 cells are read as empty",))
def errors() -> bytes:
    """Cells whose formula failed."""
    cells = "".join(
        f'<c r="{raw.letter(at)}2" t="e"><v>{text}</v></c>' for at, text in enumerate(FAILED) if at > 1
    )
    data = raw.rows([HEADINGS]) + f'<row r="2">{raw.cell(2, 0, "Smith")}{raw.cell(2, 1, "Ann")}{cells}</row>'
    return book(sheet(data))


@read("impossible-days.xlsx", count=4)
def impossible_days() -> bytes:
    """Days before 1900, the day that never was, and days of the year 100,000."""
    styles = (
        f'{START}<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" '
        'applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    found = "".join(
        f'<row r="{at}">{raw.cell(at, 0, "Smith")}{raw.cell(at, 1, "Ann")}<c r="C{at}" s="1"><v>{value}</v></c></row>'
        for at, value in enumerate(["-40000", "60", "36000000", "1e300"], 2)
    )
    return book(sheet(raw.rows([HEADINGS]) + found), changed={"xl/styles.xml": styles})


@read("rich-text.xlsx")
def rich_text() -> bytes:
    """Letters in several colours, with the reading aid of Japanese keyboards, in the shared table of texts."""
    aid = "<rPh sb='0' eb='1'><t>x</t></rPh>"
    texts = [
        f"<si><r><t>{text[:2]}</t></r><r><rPr><b/></rPr><t>{text[2:]}</t></r>{aid}</si>"
        for row in TABLE
        for text in row
    ]
    held = f'{START}<sst xmlns="{MAIN}">{"".join(texts)}</sst>'
    return book(sheet(pointing(range(len(texts)))), strings=held)


def pointing(numbers) -> str:
    """Rows of five whose cells point into the shared table."""
    found = [
        f'<c r="{raw.letter(at % 5)}{at // 5 + 1}" t="s"><v>{number}</v></c>'
        for at, number in enumerate(numbers)
    ]
    return "".join(
        f'<row r="{at // 5 + 1}">{"".join(found[at : at + 5])}</row>' for at in range(0, len(found), 5)
    )


@read("prefixed.xlsx")
def prefixed() -> bytes:
    """Every name of the file carries a prefix, as a common library writes it."""
    import re

    changed = {
        name: re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", str(part)).replace(
            f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'
        )
        for name, part in raw.parts().items()
        if name.startswith("xl/w") and not name.endswith("rels")
    }
    return book(changed=changed)


@read("rooted.xlsx")
def rooted() -> bytes:
    """The links between its parts begin at the root."""
    links = str(raw.parts()["xl/_rels/workbook.xml.rels"]).replace('Target="', 'Target="/xl/')
    return book(changed={"xl/_rels/workbook.xml.rels": links})


@read("backslashes.xlsx")
def backslashes() -> bytes:
    """The parts are named as folders of Windows are."""
    return raw.packed({name.replace("/", "\\"): part for name, part in raw.parts().items()})


@read("no-styles.xlsx")
def no_styles() -> bytes:
    """The part of the formats is missing."""
    return raw.packed({name: part for name, part in raw.parts().items() if "styles" not in name})


# --- several sheets ---------------------------------------------------------------------------------------------


@read("hidden.xlsx", remarks=("Hidden sheets were not read",))
def hidden() -> bytes:
    """A hidden sheet before the one that is seen."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook, "Secret", [("Name", "Note"), ("Ann", "not for you")])
        put(workbook).activate()
        page.hide()

    return written(fill)


@read("very-hidden.xlsx", remarks=("Hidden sheets were not read",))
def very_hidden() -> bytes:
    """A sheet that only a program can bring to light."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook, "Secret", [("Name", "Note"), ("Ann", "not for you")])
        put(workbook).activate()
        page.very_hidden()

    return written(fill)


@refused("all-hidden.xlsx", "no sheet that can be seen")
def all_hidden() -> bytes:
    """Nothing but a hidden sheet."""
    changed = str(raw.parts()["xl/workbook.xml"]).replace("<sheet ", '<sheet state="hidden" ')
    return book(changed={"xl/workbook.xml": changed})


@read("cover-first.xlsx")
def cover_first() -> bytes:
    """A page of instructions stands before the table."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        put(workbook, "Read me", [("How to fill in",), ("Step", "What"), ("1", "Write")])
        put(workbook)

    return written(fill)


@read("two-tables.xlsx", remarks=("Only “Year 12” was read",))
def two_tables() -> bytes:
    """A sheet for each year group."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        put(workbook, "Year 12")
        put(workbook, "Year 13")

    return written(fill)


def _chart(workbook: xlsxwriter.Workbook) -> None:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=Pupils!$C$2:$C$4"})
    workbook.add_chartsheet("Chart").set_chart(chart)


@read("chart-first.xlsx")
def chart_first() -> bytes:
    """A chart on a sheet of its own before the table."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        _chart(workbook)
        put(workbook)

    return written(fill)


@refused("blank-sheet.xlsx", "no table")
def blank_sheet() -> bytes:
    """A sheet that holds nothing."""
    return book(sheet(""))


@refused("headings-only.xlsx", "no table")
def headings_only() -> bytes:
    """The row of headings, and nobody below it."""
    return book(sheet(raw.rows([HEADINGS])))


@read("filtered.xlsx", remarks=("2 rows are hidden",))
def filtered() -> bytes:
    """A filter hides two of the three pupils; they are read all the same, and the sender is told."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook)
        for row in (2, 3):
            page.set_row(row, options={"hidden": True})

    return written(fill)
