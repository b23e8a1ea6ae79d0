"""Spreadsheets that are zip archives: whether they can be unpacked at all, and what calamine does not tell of them."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from neet.files.child import words
from neet.files.child.rows import Asked
from neet.files.child.words import Refused

CHUNK = 1 << 20
LONGEST_ROW = 8 << 20
GRAMMAR = (b"<!DOCTYPE", b"<!ENTITY")
SHEETS = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
LINKS = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\shidden=["'](?:1|true)["'][^>]*(?<!/)>""")
FREE_SHEET = re.compile(rb"<table:table\s([^>]*)>")
FREE_ROW = re.compile(rb"<table:table-row\b([^>]*[^>/])>(.*?)</table:table-row>", re.DOTALL)
NOT_SEEN = re.compile(rb"""table:visibility=["'](?:collapse|filter)["']""")
HOLDS = (b"<text:p", b"office:value=")
REPEATED = re.compile(rb"""table:number-rows-repeated=["'](\d{1,6})["']""")
FAILED = re.compile(rb"""<(?:\w+:)?c\b[^>]*\st=["']e["']""")
NOT_COMPUTED = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\st=[\"']str[\"'])[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


class Archive:
    """A spreadsheet's parts."""

    def __init__(self, path: Path, asked: Asked) -> None:
        self.archive = zipfile.ZipFile(path)
        entries = self.archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused(words.PROTECTED)
        if len(entries) > asked["entries"] or sum(entry.file_size for entry in entries) > asked["unpacked"]:
            raise Refused(words.TOO_LARGE)
        self.names = {entry.filename.replace("\\", "/").casefold(): entry.filename for entry in entries}
        self.kind = self._kind()
        if len(self.names) < len(entries):
            raise Refused(words.DAMAGED)
        if "meta-inf/manifest.xml" in self.names and b"encryption-data" in self._whole(
            "meta-inf/manifest.xml"
        ):
            raise Refused(words.PROTECTED)

    def _kind(self) -> str:
        if any(name.startswith("xl/") for name in self.names):
            return "xlsx"
        if "content.xml" in self.names and "spreadsheet" in self._start("mimetype"):
            return "ods"
        raise Refused(words.DOCUMENT)

    def _start(self, name: str) -> str:
        if name not in self.names:
            return "spreadsheet"
        with self.archive.open(self.names[name]) as part:
            return part.read(200).decode("ascii", "replace")

    def remarks(self, number: int, sheet: str) -> list[str]:
        """What is odd about the sheet with this number and name, and about the file."""
        if self.kind == "ods":
            return _odd_cells(Counter(hidden=self._hidden_rows(sheet)))
        found = []
        if any(name.startswith("xl/vbaproject") for name in self.names):
            found.append("The file carries macros. They were not run.")
        part = self._part_of(number)
        if part in self.names:
            found += _odd_cells(self._counted(part))
        return found

    def _part_of(self, number: int) -> str:
        workbook, links = self._whole("xl/workbook.xml"), self._whole("xl/_rels/workbook.xml.rels")
        sheets = [_attributes(tag) for tag in SHEETS.findall(workbook)]
        targets = {
            each.get("Id", ""): each.get("Target", "") for each in map(_attributes, LINKS.findall(links))
        }
        wanted = next((value for key, value in sheets[number].items() if key.endswith(":id")), "")
        target = targets.get(wanted, "").casefold()
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def _whole(self, name: str) -> bytes:
        with self.archive.open(self.names[name]) as part:
            content = part.read(4 * CHUNK)
        if any(sign in content for sign in GRAMMAR):
            raise Refused(words.DAMAGED)
        return content

    def _counted(self, name: str) -> Counter[str]:
        """How often each is there; the expressions run only over blocks that hold what they begin to look for."""
        counts: Counter[str] = Counter()
        for block in self._blocks(name):
            counts["hidden"] += len(HIDDEN_ROW.findall(block)) if b"hidden=" in block else 0
            counts["failed"] += len(FAILED.findall(block)) if b't="e' in block or b"t='e" in block else 0
            counts["not computed"] += (
                len(NOT_COMPUTED.findall(block)) if b"<f" in block or b":f" in block else 0
            )
        return counts

    def _hidden_rows(self, sheet: str) -> int:
        """How many rows of a sheet of LibreOffice hold something and are not seen; each table of the file has its rows
        behind its name."""
        hidden, is_here = 0, False
        for block in self._blocks("content.xml"):
            begins = [*FREE_SHEET.finditer(block)]
            ends = [each.start() for each in begins] + [len(block)]
            if is_here:
                hidden += _hidden_in(block[: ends[0]])
            for each, end in zip(begins, ends[1:], strict=True):
                is_here = unescape(_attributes(each[1]).get("table:name", "")) == sheet
                hidden += _hidden_in(block[each.end() : end]) if is_here else 0
        return hidden

    def _blocks(self, name: str) -> Iterator[bytes]:
        """The part in pieces that end where a row ends."""
        kept = b""
        with self.archive.open(self.names[name]) as part:
            while chunk := part.read(CHUNK):
                kept += chunk
                end = kept.rfind(b"row>") + 4
                if end > 4:
                    yield kept[:end]
                    kept = kept[end:]
                elif len(kept) > LONGEST_ROW:
                    kept = b""


def _hidden_in(rows: bytes) -> int:
    if b"table:visibility" not in rows:
        return 0
    found = 0
    for about, cells in FREE_ROW.findall(rows):
        if NOT_SEEN.search(about) and any(sign in cells for sign in HOLDS):
            again = REPEATED.search(about)
            found += int(again[1]) if again else 1
    return found


def _attributes(tag: bytes) -> dict[str, str]:
    return {name.decode(): (a or b).decode("utf-8", "replace") for name, a, b in ATTRIBUTE.findall(tag)}


def _odd_cells(counts: Counter[str]) -> list[str]:
    found = []
    if counts["hidden"]:
        found.append(f"{_some(counts['hidden'], 'row')} hidden in the spreadsheet. They were read too.")
    if counts["failed"]:
        found.append(
            f"{_some(counts['failed'], 'cell')} read as empty: the formula there failed, as #N/A does."
        )
    if counts["not computed"]:
        found.append(
            f"{_some(counts['not computed'], 'cell')} read as empty: formulas without results. "
            "Open the file in your spreadsheet, save it and send it again."
        )
    return found


def _some(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count:,} {what}s are"
