"""Spreadsheets of Excel 97 and of LibreOffice: good ones, protected ones, and those made to hurt."""

import io
import struct
from collections.abc import Callable, Sequence
from datetime import date

import xlwt

from tests.files.hostile.case import HEADINGS, PUPILS, TABLE, Collection
from tests.files.hostile.strangers import packed

FILES = Collection()
read, refused = FILES.read, FILES.refused
TOO_MUCH = ("memory", "more than", "Unpacked")


# --- Excel 97 ---------------------------------------------------------------------------------------------------


def old(fill: Callable[[xlwt.Workbook], None] | None = None) -> bytes:
    """A book as Excel 97 writes it."""
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("Pupils")
    for number, row in enumerate(TABLE):
        for at, text in enumerate(row):
            page.write(number, at, text)
    if fill:
        fill(made)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@read("old.xls")
def old_plain() -> bytes:
    """As Excel 97 writes it."""
    return old()


@read("old.xlsx")
def old_under_a_new_name() -> bytes:
    """A book of Excel 97 that is named one of today."""
    return old()


@read("old-days.xls", rows=(*PUPILS, ("Smith", "Ann", "2009-10-05", "1234567890123", "Yes")))
def old_days() -> bytes:
    """Days and numbers as Excel 97 keeps them."""

    def fill(made: xlwt.Workbook) -> None:
        page = made.get_sheet(0)
        page.write(4, 0, "Smith")
        page.write(4, 1, "Ann")
        page.write(4, 2, date(2009, 10, 5), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
        page.write(4, 3, 1234567890123)
        page.write(4, 4, True)

    return old(fill)


@read("old-hidden.xls", remarks=("Hidden sheets were not read",))
def old_hidden() -> bytes:
    """A hidden sheet behind the table."""

    def fill(made: xlwt.Workbook) -> None:
        page = made.add_sheet("Secret")
        page.write(0, 0, "not for you")
        page.visibility = 1

    return old(fill)


@refused("old-protected.xls", "password")
def old_protected() -> bytes:
    """A book of Excel 97 that says it is protected by a password."""
    return old().replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1)


@refused("old-half.xls", "damaged")
def old_half() -> bytes:
    """A book of Excel 97 whose end is missing."""
    made = old()
    return made[: len(made) // 2]


@refused("old-letter.xls", "damaged", "no spreadsheet", "document")
def old_letter() -> bytes:
    """A Word document of the nineties."""
    return _renamed(old(), "WordDocument")


@refused("mail.xls", "damaged", "no spreadsheet", "document")
def mail() -> bytes:
    """A mail saved by Outlook."""
    return _renamed(old(), "__substg1.0_001A001E")


def _renamed(book: bytes, name: str) -> bytes:
    """The same container, in which the stream of the book has another name."""
    made = bytearray(book)
    at = made.find("Workbook".encode("utf-16-le"))
    made[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\x00")
    made[at + 64 : at + 66] = struct.pack("<H", len(name) * 2 + 2)
    return bytes(made)


@refused("old-loop.xls", *TOO_MUCH, "damaged")
def old_loop() -> bytes:
    """A book of Excel 97 whose sectors follow each other in a circle."""
    made = bytearray(old())
    (table,) = struct.unpack_from("<I", made, 76)
    start = 512 * (table + 1)
    for at in range(0, 512, 4):
        if struct.unpack_from("<I", made, start + at)[0] == 0xFFFFFFFE:
            struct.pack_into("<I", made, start + at, 0)
    return bytes(made)


@read("old-texts-lie.xls")
def old_texts_lie() -> bytes:
    """A book of Excel 97 that says it shares four thousand million texts."""
    made = bytearray(old())
    at = made.find(b"\xfc\x00", 512)
    struct.pack_into("<II", made, at + 4, 0xFFFFFFFF, 0xFFFFFFFF)
    return bytes(made)


@refused("old-garbage.xls", "damaged")
def old_garbage() -> bytes:
    """The first letters of Excel 97, and nothing behind them."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40


# --- LibreOffice ------------------------------------------------------------------------------------------------

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def cell(shown: str, kind: str = "string", more: str = "", before: str = "") -> str:
    """A cell: what it shows, and what it says of itself beside that."""
    return f'<table:table-cell office:value-type="{kind}" {more}>{before}<text:p>{shown}</text:p></table:table-cell>'


def cells(texts: Sequence[str]) -> str:
    """Cells of text."""
    return "".join(map(cell, texts))


def row(inside: str, repeated: int = 1) -> str:
    """A row around its cells."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inside}</table:table-row>'


FILTERED = 'table:visibility="filter"'
ROWS = "".join(row(cells(texts)) for texts in TABLE)


def open_document(tables: str, start: str = "", manifest: str = "", body: str = "spreadsheet") -> bytes:
    """A LibreOffice file of these tables."""
    first = '<?xml version="1.0" encoding="UTF-8"?>'
    entry = f'<manifest:file-entry manifest:full-path="content.xml">{manifest}</manifest:file-entry>'
    return packed(
        {
            "mimetype": SPREADSHEET,
            "META-INF/manifest.xml": f"{first}<manifest:manifest {NAMES}>{entry}</manifest:manifest>",
            "content.xml": f"{first}{start}<office:document-content {NAMES}><office:automatic-styles>"
            '<style:style style:name="out" style:family="table"><style:table-properties table:display="false"/>'
            f"</style:style></office:automatic-styles><office:body><office:{body}>{tables}</office:{body}>"
            "</office:body></office:document-content>",
        }
    )


def table(rows: str, name: str = "Pupils", style: str = "") -> str:
    """A sheet around its rows."""
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{named}>{rows}</table:table>'


@read("free.ods")
def free() -> bytes:
    """As LibreOffice writes it."""
    return open_document(table(ROWS))


@read("free-blanks.ods")
def free_blanks() -> bytes:
    """As LibreOffice writes it when a whole sheet was given a colour: blanks repeated to its end."""
    blank = '<table:table-cell table:style-name="x" table:number-columns-repeated="{}"/>'
    right = "".join(row(cells(texts) + blank.format(16_379)) for texts in TABLE)
    return open_document(table(right + row(blank.format(16_384), 1_048_572)))


@read("free-gap.ods", heading_row=101, numbers=(102, 103, 104))
def free_gap() -> bytes:
    """A hundred blank rows above the table."""
    return open_document(table(row("<table:table-cell/>", 100) + ROWS))


@read("free-repeated.ods", rows=(PUPILS[0], PUPILS[0], PUPILS[0]), numbers=(2, 3, 4))
def free_repeated() -> bytes:
    """Three rows alike are written once."""
    return open_document(table(row(cells(HEADINGS)) + row(cells(PUPILS[0]), 3)))


@read("free-days.ods", rows=(("Smith", "Ann", "2009-10-05", "1234567890123", "Yes"),))
def free_days() -> bytes:
    """Days, numbers and a remark on a cell, as LibreOffice keeps them."""
    remark = "<office:annotation><dc:date>2026</dc:date><text:p>a remark</text:p></office:annotation>"
    values = (
        cell("5 Oct 09", "date", 'office:date-value="2009-10-05"')
        + cell("1,2E+12", "float", 'office:value="1234567890123"')
        + cell("TRUE", "boolean", 'office:boolean-value="true"', remark)
    )
    return open_document(table(row(cells(HEADINGS)) + row(cells(["Smith", "Ann"]) + values)))


@read("free-remark.ods")
def free_remark() -> bytes:
    """Somebody's remark hangs on a cell and is no part of it."""
    remark = "<office:annotation><dc:creator>A</dc:creator><text:p>please check</text:p></office:annotation>"
    return open_document(table(ROWS.replace("<text:p>Ashdown", remark + "<text:p>Ashdown")))


@read("free-hidden.ods", remarks=("Hidden sheets were not read",))
def free_hidden() -> bytes:
    """A hidden sheet before the table."""
    return open_document(table(row(cells(["Secret", "x"])) * 2, "Secret", "out") + table(ROWS))


@read("free-filtered.ods", remarks=("Hidden sheets were not read", "2 rows are hidden"))
def free_filtered() -> bytes:
    """A filter hides two of the three pupils; they are read all the same. Rows without anything, and those of another
    sheet, are not counted."""
    seen, *hidden = (row(cells(texts)) for texts in TABLE[1:])
    marked = "".join(each.replace("<table:table-row", f"<table:table-row {FILTERED}") for each in hidden)
    empty = (
        row(cell(""))
        .replace("<table:table-row", f"<table:table-row {FILTERED}")
        .replace("<text:p></text:p>", "")
    )
    rows = row(cells(TABLE[0])) + seen + marked + empty
    return open_document(table(rows) + table(marked, "Away", "out"))


@refused("free-protected.ods", "password")
def free_protected() -> bytes:
    """A LibreOffice file that says it is protected by a password."""
    made = open_document(table(ROWS), manifest='<manifest:encryption-data manifest:checksum="x"/>')
    return made


@refused("free-columns.ods", *TOO_MUCH, "damaged")
def free_columns() -> bytes:
    """One cell said to be repeated over a whole sheet."""
    one = cell("x", more='table:number-columns-repeated="16384"')
    return open_document(table(row(one, 1_048_576)))


@refused("free-rows.ods", *TOO_MUCH)
def free_rows() -> bytes:
    """One row said to be repeated two thousand million times."""
    return open_document(table(row(cells(HEADINGS)) + row(cells(PUPILS[0]), 2_000_000_000)))


@refused("free-endless.ods", *TOO_MUCH, "damaged")
def free_endless() -> bytes:
    """Numbers of repetition that no machine can count to."""
    return open_document(table(row(cells(HEADINGS)) + row(cells(PUPILS[0]), 10**30)))


@refused("free-entity.ods", "damaged")
def free_entity() -> bytes:
    """Asks for a file of the server."""
    start = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return open_document(table(ROWS.replace("Ashdown", "&e;")), start)


@refused("free-letter.ods", "document", "no sheet", "damaged", "no table")
def free_letter() -> bytes:
    """A letter written in LibreOffice."""
    made = open_document("<text:p>Dear all</text:p>", body="text")
    return made.replace(SPREADSHEET.encode(), b"application/vnd.oasis.opendocument.text" + b" " * 7)
