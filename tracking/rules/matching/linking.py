"""The matcher as a whole: two files of people in, decisions out."""

from dataclasses import replace

import numpy as np

from tracking.rules.matching.blocking import candidates, keyed
from tracking.rules.matching.comparing import Comparison, comparison
from tracking.rules.matching.deciding import Linked, decide, surely_found
from tracking.rules.matching.experience import NOTHING_YET, Experience
from tracking.rules.matching.learning import holds_families, learn
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Ints, People, Vocabulary
from tracking.rules.matching.weighing import Weighed, weigh


def link(register: People, incoming: People, words: Vocabulary, model: MatchingModel | None = None) -> Linked:
    """Who of those who came in is who on the register. The model learns from the files; no truth is needed."""
    left, right = candidates(keyed(register, words), keyed(incoming, words))
    return decided_among(comparison(register, incoming, words), left, right, model or MatchingModel())


def decided_among(
    compared: Comparison,
    left: Ints,
    right: Ints,
    model: MatchingModel,
    experience: Experience = NOTHING_YET,
) -> Linked:
    """Decisions among these pairs of rows, wherever they were found."""
    levels = compared.levels(left, right)
    learned = learn(compared, right, levels, model, experience)
    weighed = _by_person(weigh(compared, left, right, levels, learned), compared)
    if not holds_families(weighed.right, weighed.levels, surely_found(weighed, learned)):
        learned = learn(compared, right, levels, replace(model, families=False), experience)
        weighed = _by_person(weigh(compared, left, right, levels, learned), compared)
    return Linked(
        decide(weighed, compared, learned, experience),
        learned,
        int(np.size(left)),
    )


def _by_person(weighed: Weighed, compared: Comparison) -> Weighed:
    """Of the pairs of one who came in with several names of one person the best."""
    person = compared.part.person[weighed.left]
    if np.array_equal(person, weighed.left):
        return weighed
    order = np.lexsort((-weighed.odds, person, weighed.right))
    ones, others = person[order], weighed.right[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ones[1:] != ones[:-1]) | (others[1:] != others[:-1])
    best = np.sort(order[first])
    return Weighed(
        person[best],
        weighed.right[best],
        weighed.levels[best],
        weighed.odds[best],
        weighed.beside[best],
        weighed.namesakes[best],
    )
