"""Reading what the statistics office publishes: large text files row by row, whatever letters they are written in, and
files of shapes."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from neet.files.reader import Limits, Unreadable, open_table
from tracking.reconciling.rules.boundaries import NotBoundaries
from tracking.reconciling.rules.directory import NotTheDirectory
from tracking.reconciling.rules.estimates import Estimate, NotEstimates, estimates_in

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
AT_ONCE = 1 << 20
LONG = Limits(rows=400_000, columns=250, seconds=120, text=400_000_000)
SHAPES = 100 << 20  # the country's wards in their generalised shape take a third of it
EXPECTED = (
    "ladcode23",
    "ladcode24",
    "code",
    "geography_code",
    "area_code",
    "age",
    "sex",
    "name",
    "all ages",
    "value",
)


@contextmanager
def rows_of(path: Path) -> Iterator[tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]]:
    """The headings of a text file and its rows with their numbers, read as they are asked for: the directory of the
    whole country need not fit into memory. Raises NotTheDirectory where it is no such text."""
    with path.open(encoding=_letters(path), newline="") as text:
        rows = _numbered(csv.reader(text))
        _, headings = next(rows, (0, []))
        yield headings, rows


def _numbered(found: Iterator[list[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        for number, cells in enumerate(found, start=1):
            if any(cells):
                yield number, cells
    except (csv.Error, UnicodeDecodeError):
        raise NotTheDirectory("The file is no text with columns: it cannot be read to its end.") from None


def _letters(path: Path) -> str:
    """How a text is written: what it says itself, else UTF-8 where all of it is, else the Windows character set."""
    with path.open("rb") as content:
        first = content.read(4)
        for mark, name in MARKS:
            if first.startswith(mark):
                return name
    try:
        with path.open(encoding="utf-8") as text:
            while text.read(AT_ONCE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def estimates_of(path: Path, year: int | None = None) -> list[Estimate]:
    """The estimates a text or spreadsheet holds; a file that someone sent is opened where it can do no harm. Raises
    NotEstimates."""
    try:
        with open_table(path, expects=EXPECTED, limits=LONG) as table:
            return estimates_in(table.headings, table.rows, year)
    except Unreadable as reason:
        raise NotEstimates(str(reason)) from None


def shapes_of(path: Path) -> Any:
    """What a file of shapes says, as it stands. Raises NotBoundaries where it is too large or no JSON."""
    if path.stat().st_size > SHAPES:
        raise NotBoundaries(
            f"The file is larger than {SHAPES >> 20} MB. Take the generalised boundaries, or those of one council."
        )
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        raise NotBoundaries("This is no file of shapes: it cannot be read as GeoJSON.") from None
