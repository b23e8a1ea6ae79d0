"""What a file is, told from its first bytes and never from its name."""

import re
import struct
import zipfile
from pathlib import Path

from neet.files.models import StoredFile

Kind = StoredFile.Kind
LARGEST_DIRECTORY = 1 << 20  # of an archive's parts: an honest spreadsheet's is a few kilobytes
END, LARGE_END = b"PK\x05\x06", b"PK\x06\x07"

TYPES = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.XML: "application/xml",
    Kind.PDF: "application/pdf",
    Kind.ZIP: "application/zip",
    Kind.OTHER: "application/octet-stream",
}


def kind_of(path: Path) -> str:
    """The kind of a file by its content."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Kind.XLS
    if head.startswith(b"%PDF"):
        return Kind.PDF
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<!DOCTYPE", b"<")):
        return Kind.XML
    return Kind.CSV if _is_text(head) else Kind.OTHER


def _kind_of_zip(path: Path) -> str:
    if _directory_size(path) > LARGEST_DIRECTORY:
        return Kind.ZIP
    try:
        with zipfile.ZipFile(path) as packed:
            names = {entry.filename.replace("\\", "/") for entry in packed.infolist()}
    except Exception:  # a damaged archive fails in many ways, and is an archive all the same
        return Kind.ZIP
    if any(name.startswith("xl/") for name in names):
        return Kind.XLSX
    return Kind.ODS if {"mimetype", "content.xml"} <= names else Kind.ZIP


def _directory_size(path: Path) -> int:
    """Bytes of the directory as the archive's end tells them: what would have to be held to list its parts."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 70_000), 2)
        tail = file.read()
    if LARGE_END in tail:
        return LARGEST_DIRECTORY + 1
    ends = (found.start() for found in re.finditer(re.escape(END), tail) if found.start() + 16 <= len(tail))
    return max((struct.unpack_from("<I", tail, at + 12)[0] for at in ends), default=0)


def _is_text(head: bytes) -> bool:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or head[1::2].count(0) > len(head) * 0.4
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return wide or controls <= len(head) // 100
