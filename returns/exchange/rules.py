"""Which files may be handed on: kinds that people open, in which nothing is hidden."""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import unescape

KINDS = frozenset({"xlsx", "csv", "ods", "pdf"})
BOOK = "xl/workbook.xml"
# Kinds of parcel a school or college may answer on the page where it collects them.
ANSWERED = frozenset({"talk"})
LARGEST_BOOK = 1 << 20
SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
NAME = re.compile(rb'\bname="([^"]*)"')
HIDDEN = re.compile(rb'\bstate="(?:hidden|veryHidden)"')


def refused(path: Path, kind: str) -> str:
    """Why a file may not be handed on, in words; empty where it may. A hidden sheet once gave away the names of ten
    thousand people."""
    if kind not in KINDS:
        return "Select an Excel, OpenDocument, CSV or PDF file"
    hidden = hidden_sheets(path) if kind == "xlsx" else ()
    return f"The file has a hidden sheet, “{hidden[0]}”. Show it or take it out" if hidden else ""


def hidden_sheets(path: Path) -> tuple[str, ...]:
    """The names of the sheets of an Excel file that nobody sees when it is opened."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open(BOOK) as book:
            text = book.read(LARGEST_BOOK)
    except (KeyError, OSError, zipfile.BadZipFile):
        return ()
    names = (NAME.search(sheet) for sheet in SHEET.findall(text) if HIDDEN.search(sheet))
    return tuple(unescape(name[1].decode("utf-8", "replace")) if name else "?" for name in names)
