"""What is no spreadsheet at all, whatever its name says."""

import gzip
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from tests.files.hostile.case import TABLE, Collection, lines

FILES = Collection()
read, refused = FILES.read, FILES.refused
PLAIN = lines(*TABLE).encode()


@dataclass(frozen=True)
class Long:
    """A part too long to hold: a piece so many times, between two ends."""

    before: str
    piece: str
    times: int
    after: str

    def written(self, to: IO[bytes]) -> None:
        """Write it block by block."""
        block = self.piece.encode() * 1_000
        to.write(self.before.encode())
        for _ in range(self.times // 1_000):
            to.write(block)
        to.write(self.after.encode())


Part = bytes | str | Long


def packed(parts: Mapping[str, Part], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            about = zipfile.ZipInfo(name, (2026, 11, 20, 9, 0, 0))
            about.compress_type = method
            if isinstance(content, Long):
                with archive.open(about, "w") as part:
                    content.written(part)
            else:
                archive.writestr(about, content)
    return made.getvalue()


def a_stranger(name: str, content: bytes, about: str, *words: str) -> None:
    """A file that is refused for what it is."""

    def make() -> bytes:
        return content

    make.__doc__ = about
    refused(name, *words)(make)


PAGE = b"<html><body><table><tr><td>Surname</td></tr></table></body></html>"
OLD_XML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
NOTHING_LIKE = ("no spreadsheet",)

a_stranger("empty.csv", b"", "Nothing at all.", "empty")
a_stranger("blank.csv", b" \r\n\t\r\n", "Nothing but blanks.", "empty")
a_stranger("mark-only.csv", b"\xef\xbb\xbf", "Nothing but the mark of its letters.", "empty")
a_stranger("commas-only.csv", b",,,,\r\n,,,,\r\n", "Nothing but separators.", "no table")
a_stranger("scan.xlsx", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "A PDF under another name.", "PDF")
a_stranger("report.xls", PAGE, "A web page, as many programs export 'Excel'.", "web page")
a_stranger(
    "page-after-blanks.xls", b"\r\n\r\n  \xef\xbb\xbf" + PAGE, "A web page after blank lines.", "web page"
)
a_stranger("saved-page.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + PAGE,
           "A saved web page of an old Excel.", "web page")  # fmt: skip
a_stranger("year-2003.xls", OLD_XML, "The XML of an Excel of 2003.", "XML")
a_stranger("month.xml.csv", b'<?xml version="1.0"?><ClientDatasets/>', "A return to the department.", "XML")
a_stranger(
    "wide.xml", '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), "XML in wide letters.", "XML"
)
a_stranger("letter.csv", b"{\\rtf1\\ansi Surname, Forename}", "A letter.", *NOTHING_LIKE)
a_stranger("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "A picture.", *NOTHING_LIKE)
a_stranger(
    "photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 8, "A photograph.", *NOTHING_LIKE
)
a_stranger("moving.xls", b"GIF89a" + bytes(range(256)) * 8, "A moving picture.", *NOTHING_LIKE)
a_stranger("program.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 8, "A program.", *NOTHING_LIKE)
a_stranger("packed.csv", gzip.compress(PLAIN * 50, mtime=0), "A packed CSV file.", "packed", *NOTHING_LIKE)
a_stranger("seven.csv", b"7z\xbc\xaf\x27\x1c" + bytes(range(256)) * 8, "An archive.", "packed", *NOTHING_LIKE)
a_stranger(
    "rar.csv", b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 8, "Another archive.", "packed", *NOTHING_LIKE
)
a_stranger(
    "random.csv", bytes((at * 7919 + at // 256) % 256 for at in range(20_000)), "Noise.", *NOTHING_LIKE
)
a_stranger("data.csv", b'[{"surname": "Smith", "forename": "Ann"}]', "What a program would read.", "program")
a_stranger("shortcut.csv", b"[InternetShortcut]\r\nURL=https://sheets.example.org/1\r\n",
           "A link to a spreadsheet elsewhere.", "link")  # fmt: skip


@refused("school.zip", "zip")
def zip_of_a_table() -> bytes:
    """A good table, zipped."""
    return packed({"pupils.csv": PLAIN})


@refused("document.xlsx", "document")
def word() -> bytes:
    """A Word document."""
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


@refused("slides.xlsx", "document")
def slides() -> bytes:
    """A presentation."""
    return packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<presentation/>"})


@refused("apple.xlsx", "document")
def numbers() -> bytes:
    """A spreadsheet of Apple's, which nobody else can read."""
    return packed({"Index/Document.iwa": b"\x00" * 100, "Metadata/Properties.plist": b"bplist00"})


@refused("zip-in-zip.xlsx", "zip")
def zips_within() -> bytes:
    """Archives within archives, each layer larger."""
    inner = packed({"0.txt": b"0" * 10_000_000})
    for layer in range(5):
        inner = packed({f"{layer}-{at}.zip": inner for at in range(10)})
    return inner


@refused("protected.zip", "password")
def protected_zip() -> bytes:
    """A zip whose parts are marked as protected."""
    return marked_as_protected(packed({"pupils.csv": PLAIN}))


def marked_as_protected(archive: bytes) -> bytes:
    """The archive with the mark of protection on each of its parts."""
    made = bytearray(archive)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = made.find(sign)
        while found >= 0:
            made[found + at] |= 1
            found = made.find(sign, found + 4)
    return bytes(made)
