"""Two files of people in, a file of decisions out, without a database."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from tracking.rules.matching.deciding import Decided
from tracking.rules.matching.people import HEADINGS, People, Vocabulary, from_columns

WRITTEN = ("left_id", "right_id", "score", "decision")
BLOCK = 1 << 20


class UnusableFile(Exception):
    """A file that cannot be taken, with what is wrong in plain words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file's people and what was odd about it."""

    people: People
    remarks: tuple[str, ...]


def read(path: Path, words: Vocabulary) -> Reading:
    """The people of a CSV file with HEADINGS in any order and any case; only `id` must be there. A row without an id is
    left out; where an id stands twice the first row counts."""
    columns: dict[str, list[str]] = {}
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        rows = csv.reader(_without_nulls(file))
        headings = [heading.strip().lower() for heading in _first(rows)]
        _refuse_unusable(path, headings)
        place = {name: headings.index(name) for name in HEADINGS if name in headings}
        try:
            columns, left_out, again = _columns(rows, place)
        except csv.Error as problem:
            raise UnusableFile(
                f"{path.name}, line {rows.line_num}: this is not a CSV file ({problem})."
            ) from problem
    remarks = [f"{path.name}: no column {name}." for name in HEADINGS if name not in place]
    remarks += [f"{path.name}: a column {name} is not used." for name in headings if name not in HEADINGS]
    if left_out:
        remarks.append(f"{path.name}: {left_out} rows without an id were left out.")
    if again:
        remarks.append(f"{path.name}: {again} rows had an id that stood there before and were left out.")
    return Reading(from_columns(columns, words), tuple(remarks))


def _first(rows: Iterator[list[str]]) -> list[str]:
    try:
        return next(rows, [])
    except csv.Error:
        return []


def _columns(rows: Iterable[list[str]], place: dict[str, int]) -> tuple[dict[str, list[str]], int, int]:
    columns: dict[str, list[str]] = {name: [] for name in place}
    seen: set[str] = set()
    left_out = again = 0
    for row in rows:
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in place.items()}
        if not cells["id"]:
            left_out += any(cells.values())
        elif cells["id"] in seen:
            again += 1
        else:
            seen.add(cells["id"])
            for name, cell in cells.items():
                columns[name].append(cell)
    return columns, left_out, again


def _without_nulls(file: Iterator[str]) -> Iterator[str]:
    return (line.replace("\0", "") for line in file)


def _refuse_unusable(path: Path, headings: list[str]) -> None:
    if not any(headings):
        raise UnusableFile(
            f"{path.name} is empty. Its first row must hold the headings: {', '.join(HEADINGS)}."
        )
    if "id" not in headings:
        found = ", ".join(headings[:12])
        raise UnusableFile(
            f"{path.name} has no column id. Its first row reads: {found}. Give each person an id."
        )
    twice = {name for name in headings if name in HEADINGS and headings.count(name) > 1}
    if twice:
        raise UnusableFile(f"{path.name} has two columns named {', '.join(sorted(twice))}. Keep one of them.")


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else Windows' western European unless the text says otherwise."""
    with path.open("rb") as file:
        begin = file.read(BLOCK)
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        _check_utf8(path)
    except UnicodeDecodeError:
        guess = from_bytes(begin, cp_isolation=["cp1252", "cp1250", "mac_roman", "utf_16_le"]).best()
        return guess.encoding if guess else "cp1252"
    return "utf-8-sig"


def _check_utf8(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        while file.read(BLOCK):
            pass


def write(path: Path, register: People, incoming: People, decided: Decided) -> None:
    """A line for each pair decided on, those who came in in their order, the best of each first."""
    order = sorted(range(len(decided.decision)), key=lambda row: (decided.right[row], -decided.sure[row]))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(WRITTEN)
        for row in order:
            left, right = register.ids[decided.left[row]], incoming.ids[decided.right[row]]
            lines.writerow((left, right, f"{decided.sure[row]:.6f}", decided.decision[row].value))
