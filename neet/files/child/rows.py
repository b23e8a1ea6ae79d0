"""Rows that hold anything, with the numbers the sender sees, until there is too much of them."""

import json
from collections.abc import Iterable
from typing import Any

from neet.files.child.words import Refused

Asked = dict[str, Any]
# So many rows, or letters, are handed on as one line: that is written and read several times faster than row by row.
TOGETHER, LETTERS = 200, 1 << 18


class Rows:
    """The rows as they are handed on, some to a line of JSON, and what is told of them beforehand."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.lines: list[str] = []
        self.room = asked["text"]
        self.widest = (0, 0)
        self.given = self.last = 0
        self.waiting: list[tuple[int, list[str]]] = []
        self.letters = 0

    def take(self, numbered: Iterable[tuple[int, list[str]]]) -> "Rows":
        """Keep every row with a cell that is not blank."""
        for number, cells in numbered:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                self._keep(number, cells)
        self._write()
        return self

    def _keep(self, number: int, cells: list[str]) -> None:
        asked = self.asked
        if self.given >= asked["rows"] + asked["title_rows"]:
            raise Refused(f"The file has more than {asked['rows']:,} rows.")
        if len(cells) > asked["columns"]:
            raise Refused(f"Row {number} has more than {asked['columns']} columns.")
        lengths = list(map(len, cells))
        if max(lengths) > asked["longest_cell"]:
            raise Refused(f"A cell in row {number} is longer than {asked['longest_cell']:,} characters.")
        if self.given >= asked["title_rows"] and len(cells) > self.widest[1]:
            self.widest = (number, len(cells))
        self.given, self.last = self.given + 1, number
        self.waiting.append((number, cells))
        self.letters += sum(lengths)
        if len(self.waiting) >= TOGETHER or self.letters >= LETTERS:
            self._write()

    def _write(self) -> None:
        line = json.dumps(self.waiting) + "\n"
        self.room -= len(line)
        if self.room < 0:
            raise Refused(f"The file holds more than {self.asked['text']:,} characters.")
        self.lines.append(line)
        self.waiting, self.letters = [], 0

    def told(self) -> dict[str, Any]:
        """What the reader wants to know before the rows: how many, and the widest below the first few."""
        return {"given": self.given, "widest": self.widest}
