"""The process that opens a stranger's spreadsheet. Run by reader.py as a program of its own, with a small memory, a
short life and nothing of ours in reach; it may be killed by what it reads, and then nobody else is.

Writes JSON lines: what the file is, then each row as [number, [cells]], then {"end": true}; or {"refused": words}.
"""

import codecs
import csv
import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta

SNIFFED = 64 << 10
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Refused(Exception):
    """The file cannot be read; the words say what to do."""


def main(path: str, asked: dict) -> None:
    """Read one file within its limits."""
    bytes_allowed, seconds = asked["memory"], asked["seconds"]
    resource.setrlimit(resource.RLIMIT_AS, (bytes_allowed, bytes_allowed))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with open(path, "rb") as file:
            head = file.read(SNIFFED)
        for line in _text(path, head, asked) if _is_text(head) else _book(path, head, asked):
            _say(line)
        _say({"end": True})
    except Refused as refusal:
        _say({"refused": str(refusal)})
    except MemoryError:
        _say({"refused": "The file takes more memory than any honest return needs."})
    except (
        BaseException
    ) as problem:  # calamine's panics are no Exceptions, and a damaged archive raises anything
        _say({"refused": "The file is damaged. Open it in your spreadsheet, save it again and send that.",
              "problem": type(problem).__name__})  # fmt: skip


def _say(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return False
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"%pdf"):
        raise Refused("This is a PDF. Send the spreadsheet or CSV file it was made from.")
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise Refused(
            "This is a web page with the name of a spreadsheet. Open it in Excel and save it as .xlsx."
        )
    if start.startswith(b"<"):
        raise Refused("This is an XML file. Send a spreadsheet or CSV file here.")
    if start.startswith((b"{\\rtf", b"\x89png", b"\xff\xd8", b"gif8", b"rar!", b"7z\xbc")):
        raise Refused("This is no spreadsheet. Send .csv, .xlsx, .xls or .ods.")
    return True


# --- text with columns ----------------------------------------------------------------------------------------


def _text(path: str, head: bytes, asked: dict):
    with open(path, "rb") as file:
        data = file.read()
    if not data.strip():
        raise Refused("The file is empty.")
    encoding = _encoding(data)
    text = data.decode(encoding, errors="strict")
    controls = sum(text[:4000].count(chr(code)) for code in (*range(9), *range(14, 32)))
    if controls > 4:
        raise Refused("This is no spreadsheet. Send .csv, .xlsx, .xls or .ods.")
    csv.field_size_limit(asked["longest_cell"])
    delimiter = _delimiter(text)
    yield {"kind": "csv", "encoding": encoding, "sheet": "", "others": []}
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    yield from _rows(_records(lines), asked)


def _records(lines):
    try:
        yield from enumerate(lines, start=1)
    except csv.Error as problem:
        raise Refused(
            "A cell is longer than any honest one, or a quotation mark is never closed."
        ) from problem


def _encoding(data: bytes) -> str:
    """BOM, then the pattern of empty bytes, then UTF-8, then the likeliest of the old code pages."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return name
    sample = data[:4000]
    if sample[1::2].count(0) > len(sample) // 5:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 5:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _old_encoding(data)
    return "utf-8"


def _old_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 20], cp_isolation=["cp1252", "mac_roman", "latin_1"]).best()
    name = best.encoding if best else "cp1252"
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return "latin_1"
    return name


def _delimiter(text: str) -> str:
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return max(",;\t|", key=lambda mark: sum(line.count(mark) for line in lines))


# --- spreadsheets -----------------------------------------------------------------------------------------------


def _book(path: str, head: bytes, asked: dict):
    kind = "xls"
    if head.startswith(b"PK"):
        kind = _unpacked_is_bearable(path, asked)
    elif "EncryptedPackage".encode("utf-16-le") in head:
        raise Refused("The file is protected by a password. Take the password off and send it again.")
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(path)
    except CalamineError as problem:
        if "assword" in str(problem):
            raise Refused(
                "The file is protected by a password. Take the password off and send it again."
            ) from problem
        raise
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    name = _wanted(shown, asked)
    sheet = book.get_sheet_by_name(name)
    left = sheet.start[1] if sheet.start else 0
    others = [each.name for each in book.sheets_metadata if each.name != name]
    yield {"kind": kind, "encoding": "", "sheet": name, "others": others}
    if left + sheet.width > asked["columns"] * 4:
        raise Refused(f"The sheet has more than {asked['columns']} columns.")
    # calamine begins at the first row of the sheet but at the first column that holds anything
    cells = ([""] * left + [_cell(value) for value in row] for row in sheet.iter_rows())
    yield from _rows(enumerate(cells, start=1), asked)


def _wanted(shown: list[str], asked: dict) -> str:
    if not shown:
        raise Refused("The file has no sheet that can be seen.")
    if asked["sheet"]:
        found = [name for name in shown if name.strip().lower() == asked["sheet"].lower()]
        if found:
            return found[0]
    return shown[0]


def _unpacked_is_bearable(path: str, asked: dict) -> str:
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("The file is protected by a password. Take the password off and send it again.")
    if len(entries) > asked["entries"] or sum(entry.file_size for entry in entries) > asked["unpacked"]:
        raise Refused("Unpacked, the file is larger than any honest return.")
    names = {entry.filename for entry in entries}
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise Refused("This is a zip file or a document. Send .csv, .xlsx, .xls or .ods.")


def _cell(value) -> str:
    """A cell as text: whole numbers without a point, days as ISO."""
    if value is None or value == "":
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


# --- rows -------------------------------------------------------------------------------------------------------


def _rows(numbered, asked: dict):
    """Rows that hold anything, with the number the person sees beside them, until there are too many."""
    given = 0
    for number, cells in numbered:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        given += 1
        if given > asked["rows"] + asked["title_rows"]:
            raise Refused(f"The file has more than {asked['rows']:,} rows.")
        if len(cells) > asked["columns"]:
            raise Refused(f"Row {number} has more than {asked['columns']} columns.")
        if max(map(len, cells)) > asked["longest_cell"]:
            raise Refused(f"A cell in row {number} is longer than {asked['longest_cell']:,} characters.")
        yield [number, cells]


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
