"""What earlier files and officers' decisions teach: how often entries of one person agree here, and who looked like
somebody else's entry and was not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from tracking.rules.matching.levels import FIELDS, MISSING
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Ints, Numbers

# All that was learned before counts like so many pairs of the file at hand, however much it was.
COUNTS_AT_MOST = 400.0


@dataclass(frozen=True, slots=True)
class Experience:
    """`same` holds, by field, how many pairs of one person were seen at each level; `apart` the levels of pairs an
    officer said are two people, of `found` pairs of one person in all; `decided` is how many an officer decided."""

    same: Mapping[str, Numbers] = field(default_factory=lambda: MappingProxyType({}))
    apart: tuple[tuple[int, ...], ...] = ()
    found: int = 0
    decided: int = 0

    def seen(self, name: str) -> Numbers:
        """Pairs of one person by level of this field, so many that the file at hand is still heard."""
        levels = next(each.levels for each in FIELDS if each.name == name)
        counts = self.same.get(name, np.zeros(len(levels)))
        return np.asarray(counts * min(1.0, COUNTS_AT_MOST / max(self.found, 1)))

    def told_apart(self) -> Ints:
        """A row of levels for each pair that was told apart."""
        return np.array(self.apart, dtype=np.int64).reshape(-1, len(FIELDS))


NOTHING_YET = Experience()


def gathered(
    models: Iterable[MatchingModel], same: Iterable[tuple[int, ...]], apart: Iterable[tuple[int, ...]]
) -> Experience:
    """What was learned from earlier files, and from the pairs officers decided. Each decision is one pair among all
    that were found, so that the doubtful, which alone reach an officer, weigh no more than their share."""
    counts = {each.name: np.zeros(len(each.levels)) for each in FIELDS}
    found = 0
    for model in models:
        found += model.found
        for each in FIELDS:
            counts[each.name] += np.array(model.same[each.name]) * model.found
    ones, others = tuple(same), tuple(apart)
    for levels in ones:
        for each, level in zip(FIELDS, levels, strict=True):
            if level != MISSING:
                counts[each.name][level] += 1
    return Experience(MappingProxyType(counts), others, found + len(ones), len(ones) + len(others))
