"""Which pairs of a register an officer should look at, though a file could not be matched by so little."""

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracking.rules.matching.comparing import Comparison
from tracking.rules.matching.deciding import probability
from tracking.rules.matching.model import Lines
from tracking.rules.matching.people import Ints, Numbers
from tracking.rules.matching.spelling import texts_of
from tracking.rules.matching.weighing import Weighed

# A list for eyes reaches further down than the review of one file: a pair looked at in vain costs a minute, a person
# who stays on the register twice is chased twice. How common doubles are is learned, so the line stands far below.
LINES = Lines(worth_a_look=0.002)
# Two names one letter apart that others bear as well are two names to the model (Tia and Mia); where all else is the
# same and no number speaks against it, one of them may be a slip, and that is worth a look however rare slips are.
A_SLIP = 0.2
SAME_HOME = ("home_11", "home_12", "home_10", "home_01")


def sure_for_eyes(compared: Comparison, weighed: Weighed) -> Numbers:
    """How sure each pair is one person; not below A_SLIP where only a letter of the first name keeps them apart."""
    sure = probability(weighed.odds)
    rows = np.flatnonzero(
        weighed.has("surname", "same")
        & weighed.has("born", "same")
        & weighed.has("home", *SAME_HOME)
        & ~weighed.has("gender", "differ")
        & ~weighed.has("middle", "differ")
        & ~weighed.has("upn", "contradict")
        & ~weighed.has("uln", "contradict")
    )
    near = rows[_a_letter_apart(compared, weighed.left[rows], weighed.right[rows])]
    sure[near] = np.maximum(sure[near], A_SLIP)
    return sure


def _a_letter_apart(compared: Comparison, left: Ints, right: Ints) -> Ints:
    names = compared.words.names
    ones = texts_of(names, compared.register.forename[left])
    others = texts_of(names, compared.incoming.forename[right])
    return np.flatnonzero(np.asarray(process.cpdist(ones, others, scorer=OSA.distance, score_cutoff=1)) <= 1)
