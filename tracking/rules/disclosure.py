"""Small numbers could point at somebody: which of several counts may be read by others (R22).

One to four are not shown. What is not shown must not come out by taking the others from their sum either, so further
counts are held back until those hidden together are as many as may be shown.
"""

from collections.abc import Mapping

LEAST = 5
FEW, HIDDEN = f"fewer than {LEAST}", "not shown"


def counts_shown(counts: Mapping[str, int]) -> dict[str, str]:
    """Counts whose sum is known, as words. Nobody at all is said as it is, unless it has to hide another."""
    few = {name for name, count in counts.items() if 0 < count < LEAST}
    beside: set[str] = set()
    others = sorted(
        (name for name in counts if name not in few), key=lambda name: (counts[name] == 0, counts[name])
    )
    while few and _tells(counts, few | beside) and others:
        beside.add(others.pop(0))
    return {name: _words(name, count, few, beside) for name, count in counts.items()}


def _tells(counts: Mapping[str, int], hidden: set[str]) -> bool:
    """Whether the sum of what is hidden, which anybody can work out, says something of one of them. Of small numbers
    alone it does where each can only be one, or only four."""
    together = sum(counts[name] for name in hidden)
    all_small = all(0 < counts[name] < LEAST for name in hidden)
    at_an_end = all_small and together in (len(hidden), (LEAST - 1) * len(hidden))
    return len(hidden) < 2 or together < LEAST or at_an_end


def _words(name: str, count: int, few: set[str], beside: set[str]) -> str:
    if name in few:
        return FEW
    return HIDDEN if name in beside else str(count)
