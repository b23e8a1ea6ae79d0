"""What a report says: parts with a sentence and a table each. Page, PDF and sheet show it and count nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from neet.ui.charts import Figure

NO_FIGURE = "no figure"
AS_THEY_ARE = "Small numbers as they are: not for publishing"
FOR_THE_SCHOOL = "For you and the council. Please do not publish it"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Share:
    """A per cent, shown with one place; None where there is no whole."""

    value: float | None

    def __str__(self) -> str:
        return NO_FIGURE if self.value is None else f"{self.value:.1f}%"


@dataclass(frozen=True, slots=True)
class Points:
    """How far a share moved, in percentage points with a sign; None where there is nothing to compare with."""

    value: float | None

    def __str__(self) -> str:
        if self.value is None:
            return NO_FIGURE
        size = f"{abs(self.value):.1f}"
        return size if float(size) == 0 else f"{'+' if self.value > 0 else MINUS}{size}"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A number that may not be read: it says something of few, or others could be worked out from it."""

    def __str__(self) -> str:
        return "not shown"


NOT_SHOWN = Hidden()
Cell = str | int | Share | Points | Hidden


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report: what it is about, what its figures say, the figures. No rows: `message` says why."""

    title: str
    message: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    figure: Figure | None = None
    note: str = ""


@dataclass(frozen=True)
class Content:
    """A whole report: its title, of which month and whom, how the figures stand, its parts."""

    title: str
    month: str
    place: str
    state: str
    sections: Sequence[Section]
    is_one_page: bool = False
    handling: str = AS_THEY_ARE

    @property
    def digest(self) -> str:
        """A fingerprint of all that is said: equal numbers, equal fingerprint."""
        said = [self.title, self.month, self.place, self.state]
        parts = [
            [each.title, each.message, each.note, list(each.columns), texts(each)] for each in self.sections
        ]
        return hashlib.sha256(json.dumps([said, parts]).encode()).hexdigest()


def texts(section: Section) -> list[list[str]]:
    """The rows as they are read on a page and on paper."""
    return [[text(cell) for cell in row] for row in section.rows]


def text(cell: Cell) -> str:
    """A cell in words: whole numbers with commas, shares with one place."""
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as a table shows it."""

    words: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A section with its table as page and paper show it: headings, and rows led by their first cell."""

    section: Section
    headings: Sequence[Shown]
    rows: Sequence[tuple[str, Sequence[Shown]]]


def grid(section: Section) -> Grid:
    """Numbers and their headings stand to the right; a direction stands with what it is the direction of."""
    numeric = [
        any(not isinstance(row[place], str) for row in section.rows) for place in range(len(section.columns))
    ]
    rows = [
        (text(row[0]), [Shown(text(cell), at) for cell, at in zip(row[1:], numeric[1:], strict=True)])
        for row in section.rows
    ]
    return Grid(section, [Shown(words, at) for words, at in zip(section.columns, numeric, strict=True)], rows)


def number(cell: Cell) -> str | int | float | None:
    """A cell as a sheet holds it: the very number a page shows, to be reckoned with."""
    if isinstance(cell, Share | Points):
        return None if cell.value is None else round(cell.value, 1) + 0.0
    return str(cell) if isinstance(cell, Hidden) else cell
