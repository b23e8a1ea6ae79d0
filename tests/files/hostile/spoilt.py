"""Excel files that are damaged, protected, lie about themselves, or are made to hurt whoever opens them."""

import io
import struct
import tempfile
import zipfile
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

from tests.files.hostile import raw
from tests.files.hostile.books import plain, pointing
from tests.files.hostile.case import HEADINGS, PUPILS, TABLE, Collection
from tests.files.hostile.raw import START, book, sheet
from tests.files.hostile.strangers import Long, marked_as_protected, packed

FILES = Collection()
read, refused = FILES.read, FILES.refused
TOO_MUCH = ("memory", "more than", "Unpacked", "larger than")
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


# --- protected --------------------------------------------------------------------------------------------------


@refused("protected.xlsx", "password")
def protected() -> bytes:
    """A book that Excel protects by a password."""
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(book())).encrypt("example", made)
    return made.getvalue()


@refused("protected-parts.xlsx", "password")
def protected_parts() -> bytes:
    """A book whose parts are marked as protected, as zip programs do it."""
    return marked_as_protected(book())


# --- damaged ----------------------------------------------------------------------------------------------------


@refused("half.xlsx", "damaged")
def half() -> bytes:
    """A connection that broke in the middle."""
    whole = plain()
    return whole[: len(whole) // 2]


@refused("stream.xlsx", "damaged")
def stream() -> bytes:
    """The packed letters of the sheet are noise."""
    made = bytearray(book())
    at = made.find(SHEET.encode()) + len(SHEET)
    made[at : at + 60] = b"\xff" * 60
    return bytes(made)


@refused("checksum.xlsx", "damaged")
def checksum() -> bytes:
    """A letter of the sheet was changed on the way."""
    made = packed(raw.parts(), zipfile.ZIP_STORED)
    return made.replace(b"Ashdown", b"Ashdawn")


@read("after-something.xlsx")
def after_something() -> bytes:
    """Letters of a mail program stand before the book."""
    made = io.BytesIO(b"")
    made.write(book())
    return made.getvalue() + b"\r\n--boundary--\r\n"


@refused("no-sheet.xlsx", "damaged")
def no_sheet() -> bytes:
    """The part of the sheet is missing."""
    return packed({name: part for name, part in raw.parts().items() if name != SHEET})


@refused("no-workbook.xlsx", "no sheet that can be seen")
def no_workbook() -> bytes:
    """The list of the sheets is missing."""
    return packed({name: part for name, part in raw.parts().items() if name != BOOK})


@refused("text-out-of-range.xlsx", "damaged")
def out_of_range() -> bytes:
    """A cell points to a shared text that is not there."""
    return book(sheet(pointing([0, 1, 2, 3, 4, 999_999_999])), strings=raw.shared(HEADINGS))


@read("text-below-zero.xlsx", count=1)
def below_zero() -> bytes:
    """A cell points to the shared text before the first, and gets the first."""
    return book(sheet(pointing([0, 1, 2, 3, 4, -1])), strings=raw.shared(HEADINGS))


@refused("two-of-a-part.xlsx", "damaged")
def two_of_a_part() -> bytes:
    """Two different sheets under one name: what one program checks, another reads."""
    made = packed(
        raw.parts() | {"xl/worksheets/sheetX.xml": sheet(raw.rows([HEADINGS, ("Other", *PUPILS[0][1:])]))}
    )
    return made.replace(b"sheetX.xml", b"sheet1.xml")


# --- lies -------------------------------------------------------------------------------------------------------


@read("says-huge.xlsx")
def says_huge() -> bytes:
    """Says that it fills a whole sheet, and holds three pupils."""
    return book(sheet(raw.rows(TABLE), before='<dimension ref="A1:XFD1048576"/>'))


@refused("texts-say-many.xlsx", *TOO_MUCH)
def texts_say_many() -> bytes:
    """Says that it shares four thousand million texts, and shares twenty."""
    texts = [text for row in TABLE for text in row]
    return book(sheet(pointing(range(len(texts)))), strings=raw.shared(texts, "4294967295"))


@refused("places-impossible.xlsx", "damaged", "memory", "no table")
def places_impossible() -> bytes:
    """Cells in places no sheet has."""
    odd = '<row r="4294967295"><c r="ZZZZZZ99999999999" t="inlineStr"><is><t>x</t></is></c></row>'
    return book(sheet(raw.rows(TABLE) + odd))


@read("out-of-order.xlsx", count=3)
def out_of_order() -> bytes:
    """The rows stand in the file from the last to the first."""
    return book(sheet("".join(raw.row(at, TABLE[at - 1]) for at in (4, 3, 2, 1))))


@read("climbing-names.xlsx")
def climbing_names() -> bytes:
    """Parts that would be written outside of the folder, were they unpacked."""
    return book(
        changed={"../../../../tmp/neet-was-here": b"x", "/etc/cron.d/neet": b"x", "C:\\neet.txt": b"x"}
    )


@refused("sizes-lie.xlsx", *TOO_MUCH, "damaged")
def sizes_lie() -> bytes:
    """Three hundred million letters that are said to be a thousand."""
    before, after = sheet(raw.rows(TABLE)).split("</sheetData>")
    huge = Long(before, " ", 300_000_000, "</sheetData>" + after)
    made = bytearray(book(changed={SHEET: huge}))
    size = struct.pack("<I", len(before.encode()) + 300_000_000 + len(huge.after))
    at = made.find(size)
    while at >= 0:
        made[at : at + 4] = struct.pack("<I", 1_000)
        at = made.find(size, at + 4)
    return bytes(made)


# --- entities ---------------------------------------------------------------------------------------------------

CANARY = "canary-of-the-server"


def entities(name: str, about: str, start: str, call: str = "&e;") -> None:
    """A book whose sheet begins with this and calls it in a cell."""

    def make() -> bytes:
        page = sheet(raw.rows(TABLE)).replace(START, START + start).replace("Ashdown", call)
        return book(page)

    make.__doc__ = about
    refused(name, "damaged")(make)


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
entities(
    "entity-file.xlsx",
    "Asks for a file of the server.",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
)
entities(
    "entity-net.xlsx", "Asks the network.", '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:47113/">]>'
)
entities("entity-laughs.xlsx", "A thousand million letters out of ten lines.",
         f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>', "&l9;")  # fmt: skip
entities("entity-plain.xlsx", "An entity of its own.", '<!DOCTYPE x [<!ENTITY e "Ashdown">]>')


@refused("entity-texts.xlsx", "damaged")
def entity_texts() -> bytes:
    """Asks for a file of the server within the shared texts."""
    texts = [text for row in TABLE for text in row]
    held = raw.shared([*texts[:-1], "&e;"]).replace(
        START, START + '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    )
    return book(sheet(pointing(range(len(texts)))), strings=held)


@refused("entity-parameters.xlsx", "damaged")
def entity_parameters() -> bytes:
    """Fetches its own grammar from the network."""
    start = '<!DOCTYPE x SYSTEM "http://127.0.0.1:47113/x.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:47113/p"> %p;]>'
    changed = str(raw.parts()[BOOK]).replace(START, START + start)
    return book(changed={BOOK: changed})


@refused("wide-parts.xlsx", "damaged", "no table")
def wide_parts() -> bytes:
    """A sheet in letters of two bytes, where a check for entities would look past them."""
    page = sheet(raw.rows(TABLE)).replace("UTF-8", "UTF-16")
    return book(changed={SHEET: page.encode("utf-16")})


@read("deep.xlsx")
def deep() -> bytes:
    """A hundred thousand boxes within each other."""
    after = "<a>" * 100_000 + "</a>" * 100_000
    return book(sheet(raw.rows(TABLE), after=after))


# --- bombs ------------------------------------------------------------------------------------------------------


@refused("far-corner.xlsx", *TOO_MUCH)
def far_corner() -> bytes:
    """One stray cell in the last corner of the sheet."""
    return book(sheet(raw.rows(TABLE) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


@refused("cells.xlsx", *TOO_MUCH)
def many_cells() -> bytes:
    """Six million cells in a few kilobytes."""
    one = "<row>" + '<c t="n"><v>1</v></c>' * 100 + "</row>"
    return book(sheet(one * 60_500))


@refused("one-cell.xlsx", *TOO_MUCH)
def one_cell() -> bytes:
    """One cell of three hundred million letters."""
    before, after = sheet(raw.rows([*TABLE, ("!",)])).split("!")
    return book(changed={SHEET: Long(before, "x", 300_000_000, after)})


@refused("same-text.xlsx", *TOO_MUCH)
def same_text() -> bytes:
    """One long text that a million cells point to: thirty thousand million letters."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    return book(sheet(row * 20_000), strings=raw.shared(["x" * 30_000]))


@refused("unpacks-to-gigabytes.xlsx", *TOO_MUCH)
def gigabytes() -> bytes:
    """A part that unpacks to almost half a gigabyte."""
    return book(changed={"xl/sharedStrings.xml": Long("", " ", 450 << 20, "")})


@refused("entries.xlsx", *TOO_MUCH)
def entries() -> bytes:
    """Seventy thousand parts."""
    return packed(raw.parts() | {f"xl/media/{at}": b"" for at in range(70_000)}, zipfile.ZIP_STORED)


@refused("overlapping.xlsx", *TOO_MUCH)
def overlapping() -> bytes:
    """Fifteen hundred parts that are all the same megabyte."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        path.write_bytes(book(changed={"xl/media/0001": b"\x00" * (1 << 20)}))
        with zipfile.ZipFile(path) as archive:
            first = archive.getinfo("xl/media/0001")
            central = archive.start_dir
        made = path.read_bytes()
    directory, end = made[central:-22], made[-22:]
    at = directory.find(b"xl/media/0001") - 46
    entry = directory[at : at + 46 + len(first.filename)]
    copies = b"".join(
        entry.replace(b"media/0001", f"media/{number:04}".encode()) for number in range(2, 1_500)
    )
    directory += copies
    number = len(raw.parts()) + 1 + 1_498
    end = end[:8] + struct.pack("<HHI", number, number, len(directory)) + end[16:]
    return made[:central] + directory + end


@refused("attributes.xlsx", *TOO_MUCH, "damaged", "no table")
def attributes() -> bytes:
    """A part with a million attributes on one name."""
    many = " ".join(f'a{at}="1"' for at in range(1_000_000))
    return book(sheet(f"<row {many}>" + raw.cell(1, 0, "x") + "</row>"))
