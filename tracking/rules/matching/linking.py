"""The matcher as a whole: two files of people in, decisions out."""

from dataclasses import dataclass, replace

import numpy as np

from tracking.rules.matching.blocking import candidates, keyed
from tracking.rules.matching.comparing import Comparison, comparison
from tracking.rules.matching.deciding import Decided, decide, surely_found
from tracking.rules.matching.learning import holds_families, learn
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Ints, People, Vocabulary
from tracking.rules.matching.weighing import Frequencies, weigh


@dataclass(frozen=True, slots=True)
class Linked:
    """What was decided and the model as it was after learning from these files."""

    decided: Decided
    model: MatchingModel
    compared: int


def link(register: People, incoming: People, words: Vocabulary, model: MatchingModel | None = None) -> Linked:
    """Who of those who came in is who on the register. The model learns from the files; no truth is needed."""
    left, right = candidates(keyed(register, words), keyed(incoming, words))
    return decided_among(comparison(register, incoming, words), left, right, model or MatchingModel())


def find_twice(people: People, words: Vocabulary, model: MatchingModel | None = None) -> Linked:
    """Who is on one register twice: each pair once."""
    keys = keyed(people, words)
    left, right = candidates(keys, keys)
    once = left < right
    return decided_among(
        comparison(people, people, words), left[once], right[once], model or MatchingModel(), one_to_one=False
    )


def decided_among(
    compared: Comparison, left: Ints, right: Ints, model: MatchingModel, *, one_to_one: bool = True
) -> Linked:
    """Decisions among these pairs of rows, wherever they were found."""
    levels = compared.levels(left, right)
    words = compared.words
    often = Frequencies.of(compared.register, len(words.names.values), len(words.postcodes.values))
    learned = learn(compared, levels, model)
    weighed = weigh(compared, left, right, levels, learned, often)
    if one_to_one and not holds_families(right, levels, surely_found(weighed, learned)):
        learned = learn(compared, levels, replace(model, families=False))
        weighed = weigh(compared, left, right, levels, learned, often)
    return Linked(decide(weighed, compared, learned, one_to_one=one_to_one), learned, int(np.size(left)))
