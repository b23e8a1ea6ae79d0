"""Somebody who knows every number that is shown and wants one that is not. Knows nothing of how numbers are held back:
tries values, looks what follows from sums, and tries on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# Month, what the table is by, part, kind; empty: everybody, or all kinds.
Fact = tuple[str, str, str, str]
KINDS = ("neet", "not_known", "other")
Span = tuple[int, int]
T = Any


class Impossible(Exception):
    """What was tried cannot be."""


@dataclass
class Puzzle:
    """Numbers that are nought or more, and which of them are the sums of which."""

    sums: list[tuple[T, tuple[T, ...]]] = field(default_factory=list)
    known: dict[T, int] = field(default_factory=dict)
    most: int = 200

    def span(self, wanted: T) -> Span:
        """The least and the most a number can be, found by trying."""
        low, high = self._follow(self._all())[wanted]
        return (
            next(each for each in range(low, high + 1) if self._can_be(wanted, each)),
            next(each for each in range(high, low - 1, -1) if self._can_be(wanted, each)),
        )

    def _all(self) -> dict[T, Span]:
        names = {name for whole, parts in self.sums for name in (whole, *parts)}
        return {
            name: (self.known[name],) * 2 if name in self.known else (0, self.most)
            for name in sorted(names, key=str)
        }

    def _can_be(self, wanted: T, value: int) -> bool:
        return self._solve({**self._all(), wanted: (value, value)})

    def _solve(self, spans: dict[T, Span]) -> bool:
        """Whether anything fits: follow the sums, then try the number with the fewest possibilities."""
        try:
            spans = self._follow(spans)
        except Impossible:
            return False
        left = [(high - low, str(name), name) for name, (low, high) in spans.items() if low < high]
        if not left:
            return True
        name = min(left)[2]
        low, high = spans[name]
        return any(self._solve({**spans, name: (each, each)}) for each in range(low, high + 1))

    def _follow(self, spans: Mapping[T, Span]) -> dict[T, Span]:
        """What the sums say of each number, until they say no more."""
        now = dict(spans)
        changed = True
        while changed:
            changed = False
            for whole, parts in self.sums:
                for name, span in self._said(now, whole, parts):
                    both = max(span[0], now[name][0]), min(span[1], now[name][1])
                    if both[0] > both[1]:
                        raise Impossible
                    changed |= both != now[name]
                    now[name] = both
        return now

    def _said(self, now: Mapping[T, Span], whole: T, parts: tuple[T, ...]) -> Iterable[tuple[T, Span]]:
        low, high = sum(now[each][0] for each in parts), sum(now[each][1] for each in parts)
        yield whole, (low, high)
        for each in parts:
            mine = now[each]
            yield each, (now[whole][0] - high + mine[1], now[whole][1] - low + mine[0])


def puzzle_of(told: Mapping[Fact, int], parts: Mapping[tuple[str, str], Iterable[str]]) -> Puzzle:
    """What anybody makes of tables they were told of: each line and each column adds up. `parts` names the lines of
    each month's table, which are on the page whether or not their numbers are."""
    made: Puzzle = Puzzle(known=dict(told), most=max(told.values(), default=0))
    for (month, by), found in parts.items():
        lines = list(found)
        for part in ("", *lines):
            name = by if part else ""
            made.sums.append(((month, name, part, ""), tuple((month, name, part, kind) for kind in KINDS)))
        for kind in ("", *KINDS):
            made.sums.append(((month, "", "", kind), tuple((month, by, part, kind) for part in lines)))
    return made
