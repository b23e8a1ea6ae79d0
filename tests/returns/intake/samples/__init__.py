"""Files as schools, colleges and others send them, and what is to come of each, one module for each kind of return.

Each function of a module whose name begins with `sample_` gives (file name, content, expected counts): counts of the
comparison by outcome, `rows`, `errors`, `queries` or `notes`, as far as the file is to show them. Files are
those of Hill School; where the function's name speaks of a college, of Vale College. Who is on their register stands
here.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook

# On a Monday in October 2026: (first name, last name, born, UPN, home postcode).
Pupil = tuple[str, str, str, str, str]
# In Year 11 at Hill School.
YEAR_11: tuple[Pupil, ...] = (
    ("Ada", "Ambler", "2010-09-14", "A999000110001", "ZZ9 1AA"),
    ("Bram", "Brook", "2010-10-02", "B999000110002", "ZZ9 1AB"),
    ("Cleo", "Cotterell", "2010-11-23", "C999000110003", "ZZ9 1AD"),
    ("Dara", "Dunmore", "2011-01-05", "D999000110004", "ZZ9 1AE"),
    ("Ezra", "Eastgate", "2011-03-17", "E999000110005", "ZZ9 1AF"),
    ("Fern", "Farrow", "2011-08-30", "F999000110006", "ZZ9 1AG"),
)
# In Year 12 of its sixth form; in Year 11 there last May.
SIXTH_FORM: tuple[Pupil, ...] = (
    ("Gil", "Gladwin", "2009-09-20", "G999000110007", "ZZ9 1AH"),
    ("Hebe", "Hartsholme", "2009-12-11", "H999000110008", "ZZ9 1AJ"),
    ("Idris", "Ingram", "2010-04-08", "J999000110009", "ZZ9 1AL"),
)
# Full time at Vale College; in Year 11 at Hill School last May.
AT_COLLEGE: tuple[Pupil, ...] = (
    ("Juno", "Jessop", "2009-10-30", "K999000110010", "ZZ9 1AN"),
    ("Kit", "Kettle", "2010-02-19", "L999000110011", "ZZ9 1AP"),
    ("Lark", "Lowther", "2010-07-01", "M999000110012", "ZZ9 1AQ"),
)
# Left Hill School's Year 11 in the summer; nobody knows what they do.
NOT_KNOWN: tuple[Pupil, ...] = (
    ("Mona", "Marlowe", "2010-01-28", "N999000110013", "ZZ9 1AR"),
    ("Ned", "Norcross", "2010-06-06", "P999000110014", "ZZ9 1AS"),
)


def day(iso: str) -> str:
    """A day as people write it."""
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}"


def csv_of(headings: str, *rows: Sequence[str]) -> bytes:
    """A CSV file; headings with commas between them."""
    kept = io.StringIO()
    lines = csv.writer(kept)
    lines.writerow(headings.split(","))
    lines.writerows(rows)
    return kept.getvalue().encode("utf-8-sig")


def xlsx_of(headings: str, *rows: Sequence[str], above: Sequence[str] = ()) -> bytes:
    """An Excel file, with lines of words `above` the headings."""
    book = Workbook()
    page = book.active
    for line in (*([each] for each in above), headings.split(","), *rows):
        page.append(list(line))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def xls_of(headings: str, *rows: Sequence[str]) -> bytes:
    """A book of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Students")
    for number, row in enumerate((headings.split(","), *rows)):
        for at, text in enumerate(row):
            page.write(number, at, text)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods_of(headings: str, *rows: Sequence[str]) -> bytes:
    """A spreadsheet of LibreOffice."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in (headings.split(","), *rows)
    )
    page = f'<table:table table:name="Pupils">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{page}</office:spreadsheet></office:body>"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr(
            "content.xml",
            f'<office:document-content {SPACES} office:version="1.3">{body}</office:document-content>',
        )
    return kept.getvalue()
