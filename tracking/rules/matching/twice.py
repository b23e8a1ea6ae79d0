"""Who stands in one file more than once: all entries of one person together, however many they are."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np

from tracking.rules.matching.blocking import Keyed, candidates, keyed
from tracking.rules.matching.comparing import FREE, Comparison, Part, comparison
from tracking.rules.matching.deciding import Decided, Decision, Linked, links_of, may_be_linked, probability
from tracking.rules.matching.frequencies import Frequencies
from tracking.rules.matching.learning import settled, strangers
from tracking.rules.matching.many import everything, likely
from tracking.rules.matching.model import Lines, MatchingModel
from tracking.rules.matching.people import Flags, Ints, Numbers, People, Vocabulary, only
from tracking.rules.matching.weighing import Weighed, weigh
from tracking.rules.matching.within import apart

# Learned again as often, each time with every person counted once as found so far.
ROUNDS = 3
# A larger file is not held whole: see `many`.
WHOLE = 100_000
ROWS_AT_A_TIME = 20_000
COUNTED = ("surname", "forename", "born", "postcode")
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
    compared = beside_itself(people, words)
    compared = replace(compared, often=_often(compared, _named_alike(people)))
    begin = model or MatchingModel()
    begin = replace(begin, other=strangers(compared, 0, begin))
    asked = everything(keys, compared) if len(people) <= WHOLE else likely(keys, compared, begin)
    begin = replace(begin, families=asked.families)
    for _ in range(ROUNDS):
        learned = settled(asked.seen, compared.part, begin)
        weighed = weigh(compared, asked.left, asked.right, asked.levels, learned)
        links = _links(weighed, compared, learned)
        group = _groups(len(people), asked.left[links], asked.right[links])
        often, compared = compared.often, replace(compared, often=_often(compared, group))
    compared = replace(compared, often=often)
    return Linked(_decided(weighed, compared, learned, group, sure), learned, asked.pairs)


def beside_the_rest(
    people: People,
    rows: Ints,
    also: tuple[Ints, Ints],
    words: Vocabulary,
    model: MatchingModel,
    surely: Sure = as_weighed,
) -> Decided:
    """What a model that was learned before makes of pairs of these rows with all others of the file, as far as they are
    worth a look; pairs in `also` are told of whatever comes of them, and may come twice. Nothing is joined unseen."""
    compared = beside_itself(people, words)
    told = weigh(compared, *also, compared.levels(*also), model)
    weighed, sure = [told], [surely(compared, told)]
    keys = keyed(people, words) if len(rows) else None
    for begin in range(0, len(rows), ROWS_AT_A_TIME):
        assert keys is not None
        left, right = _with_all_others(keys, rows[begin : begin + ROWS_AT_A_TIME])
        found = weigh(compared, left, right, compared.levels(left, right), model)
        how_sure = surely(compared, found)
        worth = how_sure >= model.lines.worth_a_look
        weighed.append(found.those(worth))
        sure.append(how_sure[worth])
    left, right = (np.concatenate([getattr(each, end) for each in weighed]) for end in ("left", "right"))
    levels = np.concatenate([each.levels for each in weighed])
    return Decided(left, right, levels, np.concatenate(sure), [Decision.REVIEW] * len(left), 0.0)


def _with_all_others(keys: Keyed, rows: Ints) -> tuple[Ints, Ints]:
    """Pairs of these with everybody, each once."""
    left, right = candidates(keys, keys.take(rows))
    low, high = np.minimum(left, rows[right]), np.maximum(left, rows[right])
    return apart((high * len(keys) + low)[low != high], len(keys))


def beside_itself(people: People, words: Vocabulary) -> Comparison:
    """A file compared with itself, each pair once."""
    size = len(people)
    part = Part(size // 2, np.ones(size), np.arange(size), np.full(size, FREE))
    return comparison(people, people, words, part)


def _often(compared: Comparison, group: Ints) -> Frequencies:
    """How common names and days are, counted by person, as far as they are known."""
    people, words = compared.register, compared.words
    _, first = np.unique(group, return_index=True)
    counted = only(len(first), {name: getattr(people, name)[first] for name in COUNTED})
    return Frequencies.of(counted, len(words.names.values), len(words.postcodes.values))


def _named_alike(people: People) -> Ints:
    """Everybody of one name and day of birth under one number."""
    names = people.surname * (people.forename.max(initial=0) + 1) + people.forename
    _, named = np.unique(names, return_inverse=True)
    _, alike = np.unique(named * (people.born.max(initial=0) + 1) + people.born, return_inverse=True)
    return np.asarray(alike)


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
