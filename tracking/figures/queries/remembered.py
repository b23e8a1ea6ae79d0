"""Figures of frozen months as this process has worked them out before: they never change, so nothing has to be asked
twice. Nobody's data: counts only."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from datetime import date
from threading import Lock
from typing import Any

from tracking.figures.models import Freeze
from tracking.figures.queries.flows import Pair, flows
from tracking.figures.queries.tallies import Chosen, by_month, frozen
from tracking.rules.rates import Counts

MOST = 20_000  # a few hundred cuts of two years of months
Parts = tuple[dict[str, int], dict[str, int]]


class Remembered:
    """The latest answers; the one asked for longest ago gives way."""

    def __init__(self, most: int = MOST) -> None:
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._most, self._lock = most, Lock()

    def known(self, keys: Sequence[Hashable]) -> dict[Hashable, Any]:
        """The answers that are there."""
        with self._lock:
            for key in keys:
                if key in self._answers:
                    self._answers.move_to_end(key)
            return {key: self._answers[key] for key in keys if key in self._answers}

    def keep(self, answers: dict[Hashable, Any]) -> None:
        """Remember these too."""
        with self._lock:
            self._answers.update(answers)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._answers.clear()


MONTHS, MOVES = Remembered(), Remembered()


def months_of(freezes: Sequence[Freeze], chosen: Chosen) -> dict[date, Counts]:
    """The counts of each of these months, noughts where nobody was in the cut; one statement for those not asked for
    before."""
    keys: dict[Hashable, Freeze] = {(_content(each), _said(chosen)): each for each in freezes}
    known = MONTHS.known(list(keys))
    missing = {key: each for key, each in keys.items() if key not in known}
    if missing:
        found = by_month(frozen({each.pk: each.month for each in missing.values()}), chosen)
        answers = {key: found.get(each.month, Counts()) for key, each in missing.items()}
        MONTHS.keep(answers)
        known |= answers
    return {each.month: known[key] for key, each in keys.items()}


def moves_of(pairs: Sequence[Pair], chosen: Chosen) -> dict[date, Parts]:
    """Joiners and leavers by how, of each pair of frozen months; one statement for those not asked for before."""
    keys: dict[Hashable, tuple[Pair, date]] = {
        (_content(pair.before), _content(pair.after), _said(chosen)): (pair, pair.after.month)
        for pair in pairs
        if pair.after
    }
    known = MOVES.known(list(keys))
    missing = {key: each for key, each in keys.items() if key not in known}
    if missing:
        found = flows([pair for pair, _ in missing.values()], chosen)
        answers: dict[Hashable, Any] = {key: found[month] for key, (_, month) in missing.items()}
        MOVES.keep(answers)
        known |= answers
    return {month: known[key] for key, (_, month) in keys.items()}


def _content(freeze: Freeze | None) -> Hashable:
    return freeze and freeze.content


def _said(chosen: Chosen) -> Hashable:
    return chosen.rule, chosen.reach, *sorted(chosen.keys.items(), key=lambda each: each[0])
