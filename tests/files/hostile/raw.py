"""Excel files written by hand, so that any part of them can be spoilt."""

from collections.abc import Iterable, Sequence

from tests.files.hostile.case import TABLE
from tests.files.hostile.strangers import Part, packed

START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORMATS = f'{START}<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Parts = dict[str, Part]


def letter(column: int) -> str:
    """The column's letters, counted from 0."""
    found = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        found, column = chr(65 + rest) + found, column - 1
    return found


def cell(row: int, column: int, text: str) -> str:
    """A cell that holds its text itself."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{letter(column)}{row}" t="inlineStr"><is><t>{plain}</t></is></c>'


def row(number: int, cells: Sequence[str]) -> str:
    """A row of texts."""
    return f'<row r="{number}">' + "".join(cell(number, at, text) for at, text in enumerate(cells)) + "</row>"


def rows(table: Iterable[Sequence[str]], first: int = 1) -> str:
    """Rows of texts, from this number on."""
    return "".join(row(number, cells) for number, cells in enumerate(table, first))


def sheet(data: str, after: str = "", before: str = "") -> str:
    """A sheet around its rows."""
    return f'{START}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def parts(*sheets: str, strings: str = "", names: Sequence[str] = ("Pupils", "Second", "Third")) -> Parts:
    """The parts of a book of these sheets; without any, of one that holds the three pupils."""
    pages = sheets or (sheet(rows(TABLE)),)
    numbered = list(enumerate(pages, 1))
    books = "".join(f'<sheet name="{names[at - 1]}" sheetId="{at}" r:id="rId{at}"/>' for at, _ in numbered)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in numbered
    )
    links += f'<Relationship Id="rId90" Type="{LINKS}/styles" Target="styles.xml"/>'
    if strings:
        links += f'<Relationship Id="rId91" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    made: Parts = {
        "[Content_Types].xml": f'{START}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{START}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{START}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{books}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{START}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": FORMATS,
    }
    if strings:
        made["xl/sharedStrings.xml"] = strings
    return made | {f"xl/worksheets/sheet{at}.xml": page for at, page in numbered}


def book(*sheets: str, strings: str = "", changed: Parts | None = None) -> bytes:
    """A book of these sheets, with these parts put in the place of its own."""
    return packed(parts(*sheets, strings=strings) | (changed or {}))


def shared(texts: Sequence[str], count: str = "") -> str:
    """The table of texts that cells point to."""
    number = count or str(len(texts))
    held = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{START}<sst xmlns="{MAIN}" count="{number}" uniqueCount="{number}">{held}</sst>'
