"""Spreadsheets: the sheet that holds the table, and its cells as text."""

import io
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from neet.files.child import words
from neet.files.child.archives import Archive
from neet.files.child.rows import Asked, Rows
from neet.files.child.words import Refused

BEGINNING, PASSWORD = b"\x09\x08\x10\x00\x00\x06", 0x2F  # records of Excel 97
RECORDS_LOOKED_AT = 20
OTHERS = ("WordDocument", "PowerPoint Document", "__substg1.0_")
SOME_HEADINGS = 3


def read_book(path: Path, asked: Asked) -> tuple[dict[str, object], list[str]]:
    """What the file is, and the rows of the sheet that fits best. Raises Refused."""
    data = path.read_bytes()
    archive = Archive(path, asked) if data.startswith(b"PK") else None
    if not archive:
        _refuse_other_containers(data)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))  # from a path, it would believe the file's name
    sheet, number, remarks = _chosen(book, asked)
    if archive:
        remarks += archive.remarks(number, sheet.name)
    rows = Rows(asked).take(_numbered(sheet))
    kind = archive.kind if archive else "xls"
    about = {"kind": kind, "encoding": "", "sheet": sheet.name, "remarks": remarks, **rows.told()}
    return {**about, "merged": _merged_down_to(sheet, rows.last)}, rows.lines


def _refuse_other_containers(data: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(words.PROTECTED)
    if any(name.encode("utf-16-le") in data for name in OTHERS):
        raise Refused(words.DOCUMENT)
    at = data.find(BEGINNING)
    for _ in range(RECORDS_LOOKED_AT):
        if at < 0 or at + 4 > len(data):
            break
        record, length = struct.unpack_from("<HH", data, at)
        if record == PASSWORD:
            raise Refused(words.PROTECTED)
        at += 4 + length


def _chosen(book: CalamineWorkbook, asked: Asked) -> tuple[CalamineSheet, int, list[str]]:
    """The sheet asked for by name; else the one whose headings are expected; else the first that looks like a table.
    With its place in the book, and what is to be said of the others."""
    listed = list(enumerate(book.sheets_metadata))
    shown = [(at, each) for at, each in listed if _is_seen(each)]
    if not shown:
        raise Refused(words.ALL_HIDDEN)
    remarks = [] if all(_is_seen(each) or not _is_sheet(each) for _, each in listed) else [
        "Hidden sheets were not read."
    ]  # fmt: skip
    named = [at for at, each in shown if each.name.strip().lower() == asked["sheet"].lower()]
    if named or len(shown) == 1:
        at = named[0] if named else shown[0][0]
        return book.get_sheet_by_index(at), at, remarks
    likely = {at: _likeness(book.get_sheet_by_index(at), asked) for at, _ in shown}
    best = max(likely, key=lambda at: (likely[at], -at))
    if any(at != best and likely[best][1] and each == likely[best] for at, each in likely.items()):
        name = book.sheets_metadata[best].name
        remarks.append(
            f"Several sheets hold rows. Only “{name}” was read: send each of the others as a file."
        )
    return book.get_sheet_by_index(best), best, remarks


def _is_sheet(each: Any) -> bool:
    return each.typ == SheetTypeEnum.WorkSheet


def _is_seen(each: Any) -> bool:
    return _is_sheet(each) and each.visible == SheetVisibleEnum.Visible


def _likeness(sheet: CalamineSheet, asked: Asked) -> tuple[bool, bool, int]:
    """Whether some of the expected headings stand in one row, whether there are two rows of two cells, and how many of
    the headings there are. Our own template is read though nobody has filled it in, not the lists behind it."""
    wanted = set(asked["expects"])
    full, most = 0, 0
    for row in islice((row for row in sheet.iter_rows() if any(row)), asked["title_rows"]):
        full += sum(cell not in (None, "") for cell in row) > 1
        most = max(most, sum(str(cell).strip().casefold() in wanted for cell in row))
    return most >= SOME_HEADINGS, full > 1, most


def _numbered(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    # calamine begins at the first row of the sheet but at the first column that holds anything
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return (
        (number, left + [_text(cell) for cell in row])
        for number, row in enumerate(sheet.iter_rows(), start=1)
    )


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO."""
    if value.__class__ is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)


def _merged_down_to(sheet: CalamineSheet, last: int) -> int:
    """The last row of the lowest cells that are merged over several rows of the table; 0 where there are none."""
    ranges = sheet.merged_cell_ranges or []
    return max((end[0] + 1 for start, end in ranges if end[0] > start[0] and start[0] < last), default=0)
