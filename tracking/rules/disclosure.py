"""Small numbers of one line that could point at somebody: which of its counts may be read by others (R22, R107).

One rule holds back, that of tracking/rules/suppression.py; a line is a table of one part. What stands for a number that
is held back looks the same whether it is small itself or could be worked with, or else it would narrow down the others.
"""

from collections.abc import Collection, Mapping

from tracking.rules.suppression import LEAST, Counted, held_back

HIDDEN = "not shown"
LINE = "line"


def line_held_back(counts: Mapping[str, int], telling: Collection[str] = ()) -> frozenset[str]:
    """Which counts of one line are not shown, its sum being known.

    `telling` are the kinds that say something of everybody where nobody is of another. Where the sum itself is few, or
    the counts cannot be protected with it standing, none of them is shown.
    """
    table = Counted([LINE], list(counts), {(LINE, kind): n for kind, n in counts.items()}, frozenset(telling))
    hidden = {kind for _, kind in held_back(table)}
    return frozenset(counts) if None in hidden else frozenset(kind for kind in hidden if kind)


def counts_shown(counts: Mapping[str, int], telling: Collection[str] = ()) -> dict[str, str]:
    """Counts of one line, whose sum is known, as words."""
    hidden = line_held_back(counts, telling)
    return {name: HIDDEN if name in hidden else str(count) for name, count in counts.items()}


def are_few(*numbers: int) -> bool:
    """Whether one of these is so small that it may point at somebody; nobody at all points at nobody."""
    return any(0 < number < LEAST for number in numbers)


def number_shown(number: int) -> str:
    """A number that is the sum of nothing told beside it, as words."""
    return HIDDEN if are_few(number) else str(number)
