"""Reading what people send, as rows with the numbers they see in their own spreadsheet.

The file is opened in a process of its own (child) with 512 MiB of memory, 30 seconds of processor time and caps on
rows, columns and unpacked size. Whatever the file does to that process, the caller gets rows or plain words.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from neet.files.rules.cells import tidied

ROOT = Path(__file__).resolve().parents[2]
DIED = (
    "The file could not be read in the memory and time an honest return needs. Often a stray cell far below or far "
    "to the right of the table is the cause: copy the table into a new file and send that."
)
TOO_WIDE = (
    "Row {row} has more cells than there are headings. Look whether its cells stand in the right columns."
)
MERGED = "Cells are merged over several rows. Only the first of these rows holds what stands there."
NOTHING = "The file holds no table: there is no row of headings with rows beneath it."


class Unreadable(Exception):
    """The file gives no table; the words are for the person who sent it and quote nothing from the file."""


@dataclass(frozen=True)
class Limits:
    """What a file may cost. The defaults hold a county's largest return three times over."""

    rows: int = 60_000
    columns: int = 200
    longest_cell: int = 32_767
    memory: int = 512 << 20
    seconds: int = 30
    entries: int = 2_000
    unpacked: int = 400 << 20
    text: int = 100_000_000
    title_rows: int = 20


@dataclass(frozen=True)
class Table:
    """One table of a file. `rows` are (row number, cell by heading), empty cells included, and can be read once;
    `above` is what stands in each row above the headings."""

    kind: str
    encoding: str
    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    problems: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, str]]]
    above: tuple[str, ...] = ()


@contextmanager
def open_table(
    path: Path,
    *,
    expects: Collection[str] = (),
    sheet: str = "",
    limits: Limits | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[Table]:
    """The table of a CSV, XLSX, XLS or ODS file. Raises Unreadable, at once or while the rows are read.

    The heading row is the one among the first twenty that holds most of the `expects` headings (any case); without
    them, the first that holds two cells or more. A cell that begins with our own apostrophe loses it. `meanwhile` is
    done while the other process opens the file.
    """
    limits = limits or Limits()
    asked = {**asdict(limits), "sheet": sheet, "expects": [heading.casefold() for heading in expects]}
    with _child(path, asked, limits.seconds) as lines:
        if meanwhile:
            meanwhile()
        about: dict[str, Any] = next(lines, {})
        tidy = _Tidied().__getitem__
        rows = ((int(number), list(map(tidy, cells))) for some in lines for number, cells in some)
        first = list(islice(rows, limits.title_rows))
        at = _heading_at(first, expects)
        _refuse_unless(1, about["given"] - at - 1, limits.rows)
        heading_row, cells = first[at]
        number, width = max([about["widest"], *_widths(first[at:])], key=lambda each: each[1])
        headings, problems = _headings(cells + [""] * (width - len(cells)))
        problems += about["remarks"]
        if width > len(cells):
            problems.append(TOO_WIDE.format(row=number))
        if about["merged"] > heading_row:
            problems.append(MERGED)
        rest = chain(first[at + 1 :], rows)
        yield Table(
            kind=about["kind"],
            encoding=about["encoding"],
            sheet=about["sheet"],
            headings=headings,
            heading_row=heading_row,
            problems=tuple(problems),
            rows=(_by_heading(number, row, headings) for number, row in rest),
            above=tuple(" ".join(filter(None, row)) for _, row in first[:at]),
        )


class _Tidied(dict[str, str]):
    """Cells and what is made of them; each different one is tidied once."""

    def __missing__(self, cell: str) -> str:
        self[cell] = tidy = tidied(cell)
        return tidy


def _heading_at(first: list[tuple[int, list[str]]], expects: Collection[str]) -> int:
    wanted = {heading.casefold() for heading in expects}
    if wanted:
        found = [sum(cell.casefold() in wanted for cell in cells) for _, cells in first]
        if any(found):
            return found.index(max(found))
    several = [at for at, (_, cells) in enumerate(first) if sum(map(bool, cells)) > 1]
    if several:
        return several[0]
    if not first:
        raise Unreadable(NOTHING)
    return 0


def _refuse_unless(least: int, rows: int, most: int) -> None:
    if rows < least:
        raise Unreadable(NOTHING)
    if rows > most:
        raise Unreadable(f"The file has more than {most:,} rows.")


def _widths(rows: list[tuple[int, list[str]]]) -> Iterator[tuple[int, int]]:
    return ((number, len(cells)) for number, cells in rows)


def _headings(cells: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """A name for every column: the heading, the heading with a number where it is there twice, or the letter."""
    names: list[str] = []
    problems: list[str] = []
    for at, cell in enumerate(cells):
        name = " ".join(cell.split()) or f"Column {_letter(at)}"
        if name in names:
            problems.append(f"Columns {_letter(names.index(name))} and {_letter(at)} have the same heading.")
            name = f"{name} ({_letter(at)})"
        names.append(name)
    return tuple(names), problems


def _letter(at: int) -> str:
    letters = ""
    while at >= 0:
        at, rest = divmod(at, 26)
        letters, at = chr(65 + rest) + letters, at - 1
    return letters


def _by_heading(number: int, cells: list[str], headings: tuple[str, ...]) -> tuple[int, dict[str, str]]:
    if len(cells) < len(headings):
        cells = cells + [""] * (len(headings) - len(cells))
    return number, dict(zip(headings, cells, strict=False))


@contextmanager
def _child(path: Path, asked: dict[str, Any], seconds: int) -> Iterator[Iterator]:
    process = subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", "neet.files.child", str(path.resolve()), json.dumps(asked)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2"},
    )
    patience = threading.Timer(seconds * 4, process.kill)
    patience.start()
    try:
        yield _said(process)
    finally:
        patience.cancel()
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # opened as a pipe above


def _said(process: subprocess.Popen) -> Iterator:
    assert process.stdout
    for line in process.stdout:
        said = json.loads(line)
        if isinstance(said, dict) and said.get("end"):
            return
        if isinstance(said, dict) and "refused" in said:
            raise Unreadable(said["refused"])
        yield said
    raise Unreadable(DIED)
