"""Which numbers of a table may be read by people who may not see records, so that no small number can be worked out.

A table counts the people of some parts (districts, schools, ...) by some kinds (NEET, not known, ...), with the sums of
every line. One to four are never shown; nor is a part all of whose people are of kinds that tell something. Whoever
knows the rest of the table and that nobody is counted less than nought can narrow down what is not shown: further
numbers are held back until every range that is left is wide enough (R22, R92, R107).

How far a range can be narrowed is exact. The cells held back are the edges of a graph between lines and columns, in
which what one cell gains the others of its line and its column lose; the most a cell can gain is the largest flow that
gets back around (a table of two dimensions is a network, so its bounds are whole numbers).
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

LEAST = 5
# Part and kind; None stands for the sum over all.
Cell = tuple[str | None, str | None]
NO_END = 1 << 40


@dataclass(frozen=True, slots=True)
class Counted:
    """A table as it is: how many of each part are of each kind. `telling` are the kinds that say something of everybody
    in a part where nobody is of another."""

    parts: Sequence[str]
    kinds: Sequence[str]
    counts: Mapping[tuple[str, str], int]
    telling: frozenset[str] = frozenset()

    def __getitem__(self, cell: Cell) -> int:
        """A count or a sum of them."""
        part, kind = cell
        if part is not None and kind is not None:
            return self.counts.get((part, kind), 0)
        parts = self.parts if part is None else (part,)
        kinds = self.kinds if kind is None else (kind,)
        return sum(self.counts.get(each, 0) for each in product(parts, kinds))

    @property
    def cells(self) -> list[Cell]:
        """Every number of the table, the sums last."""
        return [*product((*self.parts, None), (*self.kinds, None))]


def primary(table: Counted, least: int = LEAST) -> set[Cell]:
    """The cells that say something of few people, or of everybody in a part, by themselves."""
    small = {cell for cell in table.cells if 0 < table[cell] < least}
    others = [kind for kind in table.kinds if kind not in table.telling]
    told_of = {
        (part, kind)
        for part, kind in product((*table.parts, None), table.kinds)
        if table.telling and table[part, None] and not any(table[part, other] for other in others)
    }
    return small | told_of


def held_back(table: Counted, least: int = LEAST) -> set[Cell]:
    """The cells not to be shown: the primary ones, and as few and small others as keep the range of each of those
    `least` wide.

    The same table always gives the same cells. Where nothing else helps, nothing of the table is shown.
    """
    hidden = primary(table, least)
    for cell in sorted(_in_order(table, hidden), key=table.__getitem__):
        # The more is held back, the wider all ranges are: what is wide once stays so.
        while _width(table, hidden, cell, least) < least:
            more = _beside(table, hidden, cell, least)
            if not more:
                return set(table.cells)
            hidden |= more
    return hidden


def ranges(table: Counted, hidden: Iterable[Cell]) -> dict[Cell, tuple[int, int | None]]:
    """How far each cell held back can be narrowed by whoever sees all others: least and most, None without an end."""
    kept = set(hidden)
    return {cell: _range(table, kept, cell) for cell in _in_order(table, kept)}


def _in_order(table: Counted, cells: Iterable[Cell]) -> list[Cell]:
    wanted = set(cells)
    return [cell for cell in table.cells if cell in wanted]


def _range(table: Counted, hidden: set[Cell], cell: Cell) -> tuple[int, int | None]:
    fall, rise = _room_of(table, hidden, cell, NO_END)
    return table[cell] - fall, None if rise >= NO_END else table[cell] + rise


def _width(table: Counted, hidden: set[Cell], cell: Cell, least: int) -> int:
    """How wide a range is, or `least` where it is wider."""
    return min(sum(_room_of(table, hidden, cell, least)), least)


def _room_of(table: Counted, hidden: set[Cell], cell: Cell, enough: int) -> tuple[int, int]:
    """By how much a cell can fall and rise while all shown cells and all sums stay as they are; looked at no further
    than to `enough`."""
    line, column = ("part", cell[0]), ("kind", cell[1])
    one, other = (line, column) if _sign(cell) > 0 else (column, line)
    fall = _flow(table, hidden, cell, (one, other), min(enough, table[cell]))
    return fall, _flow(table, hidden, cell, (other, one), enough)


def _sign(cell: Cell) -> int:
    """Sums stand against what they are the sums of; the sum of all sums stands with it."""
    return 1 if (cell[0] is None) == (cell[1] is None) else -1


Node = tuple[str, str | None]


def _flow(table: Counted, hidden: set[Cell], but: Cell, ends: tuple[Node, Node], enough: int) -> int:
    """The largest flow from one end to the other over the cells held back `but` this one, no more than `enough`."""
    room: dict[Node, dict[Node, int]] = {}
    for part, kind in hidden - {but}:
        line, column, falls = ("part", part), ("kind", kind), table[part, kind]
        grows, shrinks = (NO_END, falls) if _sign((part, kind)) > 0 else (falls, NO_END)
        room.setdefault(line, {})[column] = grows
        room.setdefault(column, {})[line] = shrinks
    total = 0
    while total < enough and (way := _way(room, *ends)):
        most = min(enough - total, *(room[one][other] for one, other in way))
        for one, other in way:
            room[one][other] -= most
            room[other][one] += most
        total += most
    return total


def _way(room: Mapping[Node, Mapping[Node, int]], start: Node, end: Node) -> list[tuple[Node, Node]]:
    """The shortest way with room on it."""
    came: dict[Node, Node] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, left in room.get(here, {}).items():
            if left > 0 and there not in came:
                came[there] = here
                waiting.append(there)
    if end not in came:
        return []
    way = []
    while end != start:
        way.append((came[end], end))
        end = came[end]
    return way


def _beside(table: Counted, hidden: set[Cell], cell: Cell, least: int) -> set[Cell]:
    """The cells whose being held back too helps this one: three corners of a square, the cheapest that makes its range
    wide, else the one that widens it most."""
    part, kind = cell
    squares = [
        {(part, other_kind), (other, kind), (other, other_kind)} - hidden
        for other, other_kind in product((*table.parts, None), (*table.kinds, None))
        if other != part and other_kind != kind
    ]
    best, widest = set[Cell](), _width(table, hidden, cell, least)
    for more in sorted(filter(None, squares), key=lambda square: sum(_cost(table, each) for each in square)):
        width = _width(table, hidden | more, cell, least)
        if width > widest:
            best, widest = more, width
        if widest >= least:
            break
    return best


def _cost(table: Counted, cell: Cell) -> int:
    """What is lost with a cell: what it counts; sums are given up last, that of everybody at the very end."""
    return table[cell] + 1 + (0, 1 << 20, 1 << 30)[cell.count(None)]
