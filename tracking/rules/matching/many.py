"""The pairs of one file that have to be weighed: all of a small one, and of a register of millions those that come
anywhere near being one person, with enough of the others to learn from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from tracking.rules.matching.blocking import Keyed, candidates
from tracking.rules.matching.comparing import Comparison
from tracking.rules.matching.glancing import glance_of
from tracking.rules.matching.learning import SAME_HOME, Patterns, patterns_of, settled
from tracking.rules.matching.levels import BORN, FORENAME, PLACE, SURNAME
from tracking.rules.matching.model import Lines, MatchingModel
from tracking.rules.matching.people import Ints, Levels, Numbers, People
from tracking.rules.matching.weighing import odds_under
from tracking.rules.matching.within import apart, each_once, pairs_within

# The pairs of so many people teach what is believed of a large file at first.
TEACHERS = 40_000
# A pair is kept where its odds (natural logarithm) are no further below those of one worth a look: a first belief may
# be so wrong, and a letter lost lifts a pair whatever its odds.
NEAR = 8.0
AT_A_TIME = 250_000
# Brothers and sisters are born on other days, and seen wherever a file spans so many years; where those of one home
# and last name and another first name are so much oftener born on one day, they are one person's entries.
YEARS, OFTENER = 5, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Pairs to weigh, the earlier row first; `seen` is what all pairs of the file look like, `pairs` how many there
    are, and `families` whether brothers and sisters are about."""

    left: Ints
    right: Ints
    levels: Levels
    seen: Patterns
    pairs: int
    families: bool


def everything(keys: Keyed, compared: Comparison) -> Asked:
    """Every pair that shares a block."""
    left, right = candidates(keys, keys)
    once = left < right
    left, right = left[once], right[once]
    levels = compared.levels(left, right)
    seen = patterns_of(levels, np.ones(len(left)))
    return Asked(left, right, levels, seen, len(left), holds_families_within(compared.register, levels))


def likely(keys: Keyed, compared: Comparison, model: MatchingModel) -> Asked:
    """Those that could come near, however large the file: memory grows with people and with who is like another, not
    with the pairs. What is believed for that is learned from the pairs of some of them."""
    left, right, each = _of_some(keys)
    levels = np.concatenate([compared.levels(left[part], right[part]) for part in _slices(len(left))])
    families = holds_families_within(compared.register, levels)
    model = settled(patterns_of(levels, each), compared.part, replace(model, families=families))
    lowest = lowest_near(model.lines)
    far = odds_under(model, compared.register.take(left), levels, compared.often) < lowest
    rest, each = levels[far], each[far]
    pairs, ones, others = _at_a_glance(keys, compared, model)
    found = list(_near(compared, model, ones, others))
    left, right = (np.concatenate([part[end] for part in found]) for end in (0, 1))
    levels = np.concatenate([part[2] for part in found])
    seen = patterns_of(np.concatenate([levels, rest]), np.concatenate([np.ones(len(levels)), each]))
    return Asked(left, right, levels, seen, pairs, families)


def lowest_near(lines: Lines) -> float:
    """The lowest odds at which a pair is kept."""
    return float(np.log(lines.worth_a_look / (1 - lines.worth_a_look))) - NEAR


def _of_some(keys: Keyed) -> tuple[Ints, Ints, Numbers]:
    """All pairs of some people with those before them, and for how many pairs each stands; always the same ones."""
    size = len(keys)
    some = np.sort(np.random.default_rng(size).choice(size, min(TEACHERS, size), replace=False))
    left, right = candidates(keys, keys.take(some))
    right = some[right]
    once = left < right
    return left[once], right[once], np.full(int(once.sum()), size / max(len(some), 1))


def _at_a_glance(keys: Keyed, compared: Comparison, model: MatchingModel) -> tuple[int, Ints, Ints]:
    """How many pairs share a block, and those a glance leaves, each once."""
    glance, lowest, size = glance_of(compared, keys, model), lowest_near(model.lines), len(keys)
    pairs, codes = 0, [np.zeros(0, dtype=np.int64)]
    for left, right in each_once(pairs_within(keys), size):
        pairs += len(left)
        for part in _slices(len(left)):
            near = glance.odds(left[part], right[part]) >= lowest
            codes.append(right[part][near] * size + left[part][near])
    return pairs, *apart(np.concatenate(codes), size)


def _near(
    compared: Comparison, model: MatchingModel, left: Ints, right: Ints
) -> Iterator[tuple[Ints, Ints, Levels]]:
    """Of these pairs those whose whole comparison comes near."""
    lowest = lowest_near(model.lines)
    for part in _slices(len(left)):
        ones, others = left[part], right[part]
        levels = compared.levels(ones, others)
        near = odds_under(model, compared.register.take(ones), levels, compared.often) >= lowest
        yield ones[near], others[near], levels[near]


def _slices(size: int) -> Iterator[slice]:
    return (slice(begin, begin + AT_A_TIME) for begin in range(0, max(size, 1), AT_A_TIME))


def holds_families_within(people: People, levels: Levels) -> bool:
    """Whether brothers and sisters are about in a file compared with itself."""
    years = people.born[people.born != 0] // 10_000
    if not len(years) or np.ptp(np.quantile(years, (0.1, 0.9))) < YEARS:
        return True
    same_home = np.isin(levels[:, PLACE["home"]], SAME_HOME)
    relatives = (levels[:, PLACE["surname"]] == SURNAME["same"]) & same_home
    relatives &= levels[:, PLACE["forename"]] == FORENAME["differ"]
    born = levels[relatives, PLACE["born"]]
    apart = np.isin(born, (BORN["differ"], BORN["two_parts"])).sum()
    return bool((born == BORN["same"]).sum() <= OFTENER * apart)
