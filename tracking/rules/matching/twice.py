"""Who stands in one file more than once: all entries of one person together, however many they are."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np

from tracking.rules.matching.blocking import candidates, keyed
from tracking.rules.matching.comparing import FREE, Comparison, Part, comparison
from tracking.rules.matching.deciding import Decided, Decision, Linked, links_of, may_be_linked, probability
from tracking.rules.matching.learning import SAME_HOME, learn
from tracking.rules.matching.levels import BORN, FORENAME, PLACE, SURNAME
from tracking.rules.matching.model import Lines, MatchingModel
from tracking.rules.matching.people import Flags, Ints, Numbers, People, Vocabulary
from tracking.rules.matching.weighing import Weighed, weigh

# Learned again as often, each time with every person counted once as found so far.
ROUNDS = 3
# Brothers and sisters are born on other days, and seen wherever a file spans so many years; where those of one home
# and last name and another first name are so much oftener born on one day, they are one person's entries.
YEARS, OFTENER = 5, 5
# For each pair how sure it is that they are one, as far as that decides whether anybody looks at it.
Sure = Callable[[Comparison, Weighed], Numbers]


def as_weighed(_: Comparison, weighed: Weighed) -> Numbers:
    """As sure as the model is."""
    return probability(weighed.odds)


def find_twice(
    people: People, words: Vocabulary, model: MatchingModel | None = None, sure: Sure = as_weighed
) -> Linked:
    """Every pair of one person's entries in a file, once; what joins two of them joins all they are joined to."""
    keys = keyed(people, words)
    left, right = candidates(keys, keys)
    once = left < right
    left, right = left[once], right[once]
    compared = _beside_itself(people, words)
    levels = compared.levels(left, right)
    learned = replace(model or MatchingModel(), families=_holds_families(people, levels))
    begin = learned
    group = _named_alike(people)
    for _ in range(ROUNDS):
        compared = replace(compared, often=_beside_itself(people, words, group).often)
        learned = learn(compared, right, levels, begin)
        weighed = weigh(compared, left, right, levels, learned)
        links = _links(weighed, compared, learned)
        group = _groups(len(people), left[links], right[links])
    return Linked(_decided(weighed, compared, learned, group, sure), learned, len(left))


def beside_the_rest(
    people: People,
    rows: Ints,
    also: tuple[Ints, Ints],
    words: Vocabulary,
    model: MatchingModel,
    surely: Sure = as_weighed,
) -> Decided:
    """What a model that was learned before makes of pairs of these rows with all others of the file, as far as they are
    worth a look; pairs in `also` are told of whatever comes of them. Nothing is joined unseen."""
    left, right = candidates(keyed(people, words), keyed(people.take(rows), words)) if len(rows) else also
    asked = np.stack([left, rows[right]], axis=1) if len(rows) else np.stack([left, right], axis=1)
    asked = np.unique(np.sort(np.concatenate([asked, np.stack(also, axis=1)]), axis=1), axis=0)
    ones, others = asked[asked[:, 0] != asked[:, 1]].T
    compared = _beside_itself(people, words)
    levels = compared.levels(ones, others)
    weighed = weigh(compared, ones, others, levels, model)
    sure = surely(compared, weighed)
    size = len(people)
    told = np.isin(ones * size + others, np.min(also, axis=0) * size + np.max(also, axis=0))
    worth = (sure >= model.lines.worth_a_look) | told
    return Decided(
        ones[worth], others[worth], levels[worth], sure[worth], [Decision.REVIEW] * int(worth.sum()), 0.0
    )


def _beside_itself(people: People, words: Vocabulary, group: Ints | None = None) -> Comparison:
    """A file compared with itself, each pair once; names are counted by person, as far as they are known."""
    size = len(people)
    part = Part(size // 2, np.ones(size), np.arange(size), np.full(size, FREE))
    each_once = people if group is None else people.take(np.unique(group, return_index=True)[1])
    return comparison(people, people, words, part, each_once)


def _named_alike(people: People) -> Ints:
    """Everybody of one name and day of birth under one number."""
    named = np.stack([people.surname, people.forename, people.born], axis=1)
    return np.asarray(np.unique(named, axis=0, return_inverse=True)[1].reshape(-1))


def _holds_families(people: People, levels: Ints) -> bool:
    years = people.born[people.born != 0] // 10_000
    if not len(years) or np.ptp(np.quantile(years, (0.1, 0.9))) < YEARS:
        return True
    relatives = (levels[:, PLACE["surname"]] == SURNAME["same"]) & np.isin(
        levels[:, PLACE["home"]], SAME_HOME
    )
    relatives &= levels[:, PLACE["forename"]] == FORENAME["differ"]
    born = levels[relatives, PLACE["born"]]
    apart = np.isin(born, (BORN["differ"], BORN["two_parts"])).sum()
    return bool((born == BORN["same"]).sum() <= OFTENER * apart)


def _links(weighed: Weighed, compared: Comparison, model: MatchingModel) -> Flags:
    """Pairs that join groups of entries unseen, the surest first."""
    allowed = may_be_linked(weighed, families=model.families)
    against = np.zeros(len(allowed), dtype=bool)
    if model.families:
        allowed &= ~weighed.has("forename", "differ", "half")
        against = weighed.has("forename", "differ") | weighed.has("gender", "differ")
    allowed &= weighed.odds >= _line(weighed.odds[allowed], model.lines)
    return links_of(weighed, compared, _joining(weighed, allowed, against), model)


def _line(odds: Numbers, lines: Lines) -> float:
    """The lowest odds at which the links are believed to hold no more wrong ones than they may."""
    ranked = np.sort(odds)[::-1]
    wrong = np.cumsum(1 - probability(ranked)) / np.arange(1, len(ranked) + 1)
    enough = int(np.searchsorted(wrong, lines.wrong_at_most))
    lowest = float(np.log(lines.lowest / (1 - lines.lowest)))
    return max(lowest, float(ranked[enough - 1])) if enough else np.inf


def _joining(weighed: Weighed, allowed: Flags, against: Flags) -> Flags:
    """Of these pairs those that join what nothing surer joins, and where the groups as a whole agree: on the average
    something speaks for the pairs between them, and nothing against any."""
    ends = np.concatenate([weighed.left[allowed], weighed.right[allowed]])
    known = np.isin(weighed.left, ends) & np.isin(weighed.right, ends)
    pairs = zip(weighed.left[known].tolist(), weighed.right[known].tolist(), strict=True)
    speaks = dict(zip(pairs, np.where(against, -np.inf, weighed.odds)[known].tolist(), strict=True))
    group = {entry: [entry] for entry in ends.tolist()}
    joining = np.zeros(len(allowed), dtype=bool)
    asked = np.flatnonzero(allowed)
    for pair in asked[np.argsort(-weighed.odds[asked], kind="stable")].tolist():
        one, other = group[int(weighed.left[pair])], group[int(weighed.right[pair])]
        between = [speaks.get((min(a, b), max(a, b))) for a, b in product(one, other)]
        if one is not other and sum(odds for odds in between if odds is not None) >= 0:
            joining[pair] = True
            one += other
            group |= dict.fromkeys(other, one)
    return joining


def _groups(size: int, left: Ints, right: Ints) -> Ints:
    """By entry the first entry of its group."""
    group = np.arange(size)
    while True:
        first = np.minimum(group[left], group[right])
        joined = group.copy()
        np.minimum.at(joined, left, first)
        np.minimum.at(joined, right, first)
        joined = joined[joined]
        if np.array_equal(joined, group):
            return group
        group = joined


def _decided(
    weighed: Weighed, compared: Comparison, model: MatchingModel, group: Ints, surely: Sure
) -> Decided:
    """All pairs of one person's entries, and every other pair worth a look."""
    ones, others = _pairs_within(group)
    levels = compared.levels(ones, others)
    within = weigh(compared, ones, others, levels, model)
    sure = surely(compared, weighed)
    worth = (group[weighed.left] != group[weighed.right]) & (sure >= model.lines.worth_a_look)
    joined = np.maximum(probability(within.odds), model.lines.surest)
    return Decided(
        np.concatenate([ones, weighed.left[worth]]),
        np.concatenate([others, weighed.right[worth]]),
        np.concatenate([levels, weighed.levels[worth]]),
        np.concatenate([joined, sure[worth]]),
        [Decision.AUTO] * len(ones) + [Decision.REVIEW] * int(worth.sum()),
        _line(weighed.odds, model.lines),
    )


def _pairs_within(group: Ints) -> tuple[Ints, Ints]:
    """Every two entries of one group, the earlier first."""
    order = np.argsort(group, kind="stable")
    size = np.bincount(group, minlength=len(group))[group[order]]
    place = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    after = size - place - 1
    begins = np.repeat(np.arange(len(order)) + 1, after)
    ones = np.repeat(order, after)
    steps = np.arange(len(ones)) - np.repeat(np.cumsum(after) - after, after)
    return ones, order[begins + steps]
