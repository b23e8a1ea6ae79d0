"""What outsiders may count: a small number could point at somebody, so it is not shown."""

from collections.abc import Mapping

LEAST = 5
FEW, HIDDEN = f"fewer than {LEAST}", "not shown"


def shown(counts: Mapping[str, int]) -> dict[str, str]:
    """The numbers as words: one to four are "fewer than 5". Where only one is hidden so, it could be worked out from a
    total; then the next smallest is not shown either. Nobody at all is said as it is."""
    few = {name for name, count in counts.items() if 0 < count < LEAST}
    beside: set[str] = set()
    if len(few) == 1:
        others = [name for name, count in counts.items() if count >= LEAST]
        beside = set(sorted(others, key=lambda name: counts[name])[:1])
    return {name: _words(name, count, few, beside) for name, count in counts.items()}


def _words(name: str, count: int, few: set[str], beside: set[str]) -> str:
    if name in few:
        return FEW
    return HIDDEN if name in beside else str(count)
