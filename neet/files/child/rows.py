"""Rows that hold anything, with the numbers the sender sees, until there is too much of them."""

import json
from collections.abc import Iterable
from typing import Any

from neet.files.child.words import Refused

Asked = dict[str, Any]


class Rows:
    """The rows as they are handed on, one line of JSON each, and what is told of them beforehand."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.lines: list[str] = []
        self.room = asked["text"]
        self.widest = (0, 0)
        self.last = 0

    def take(self, numbered: Iterable[tuple[int, list[str]]]) -> "Rows":
        """Keep every row with a cell that is not blank."""
        for number, cells in numbered:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                self._keep(number, cells)
        return self

    def _keep(self, number: int, cells: list[str]) -> None:
        asked = self.asked
        if len(self.lines) >= asked["rows"] + asked["title_rows"]:
            raise Refused(f"The file has more than {asked['rows']:,} rows.")
        if len(cells) > asked["columns"]:
            raise Refused(f"Row {number} has more than {asked['columns']} columns.")
        if max(map(len, cells)) > asked["longest_cell"]:
            raise Refused(f"A cell in row {number} is longer than {asked['longest_cell']:,} characters.")
        line = json.dumps([number, cells]) + "\n"
        self.room -= len(line)
        if self.room < 0:
            raise Refused(f"The file holds more than {asked['text']:,} characters.")
        if len(self.lines) >= asked["title_rows"] and len(cells) > self.widest[1]:
            self.widest = (number, len(cells))
        self.lines.append(line)
        self.last = number

    def told(self) -> dict[str, Any]:
        """What the reader wants to know before the rows: how many, and the widest below the first few."""
        return {"given": len(self.lines), "widest": self.widest}
