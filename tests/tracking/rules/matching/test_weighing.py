"""What speaks for a pair: more agreement never speaks against it, and what officers decided is heard within bounds."""

from dataclasses import replace
from functools import cache
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracking.rules.matching._returns import returned
from tracking.rules.matching.comparing import comparison
from tracking.rules.matching.deciding import Decision
from tracking.rules.matching.experience import COUNTS_AT_MOST, Experience, gathered
from tracking.rules.matching.explaining import weight_of
from tracking.rules.matching.learning import EXPECTED, evidence
from tracking.rules.matching.levels import BORN, FIELDS, FORENAME, HOME, PLACE, SURNAME
from tracking.rules.matching.linking import Linked, decided_among, link
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Vocabulary, people
from tracking.rules.matching.weighing import odds_of

RATES = {**{kind: share / 10_000 for kind, share in EXPECTED.items()}, "stranger": 0.9999}
BELIEVED = replace(MatchingModel(), rates=MappingProxyType(RATES))
SAME = {field.name: field["same"] if field is not HOME else field["home_11"] for field in FIELDS}
# Names that changed places agree both at once: as a level of one field alone they do not come about.
ALONE = {field.name: [n for n, each in enumerate(field.levels) if each.name != "swapped"] for field in FIELDS}
LEVELS = st.tuples(*(st.sampled_from(ALONE[field.name]) for field in FIELDS))


@cache
def learned() -> MatchingModel:
    """A model after it has read a return."""
    file = returned("college", 4, register=1_500, incoming=600)
    words = Vocabulary()
    return link(people(file.register, words), people(file.incoming, words), words).model


def odds(levels: tuple[int, ...], model: MatchingModel) -> float:
    return float(odds_of(evidence(np.array([levels]), model), model)[0])


@pytest.mark.parametrize("which", ["believed", "learned"])
@settings(max_examples=200, deadline=None)
@given(LEVELS, st.sampled_from(FIELDS))
def test_more_agreement_never_lowers_the_score(which: str, levels: tuple[int, ...], field) -> None:
    model = BELIEVED if which == "believed" else learned()
    agreeing = tuple(
        SAME[field.name] if place == PLACE[field.name] else level for place, level in enumerate(levels)
    )

    assert odds(agreeing, model) >= odds(levels, model) - 1e-9


def decided_same(count: int, **levels: int) -> list[tuple[int, ...]]:
    """So many pairs an officer said are one person, the same in all but these fields."""
    return [tuple(levels.get(field.name, SAME[field.name]) for field in FIELDS)] * count


def judged(experience: Experience) -> Linked:
    """A small return, judged with what was learned before."""
    file = returned("messy", 6, register=300, incoming=60)
    words = Vocabulary()
    left, right = people(file.register, words), people(file.incoming, words)
    pairs = np.arange(len(left)).repeat(len(right)), np.tile(np.arange(len(right)), len(left))
    compared = comparison(left, right, words)
    return decided_among(compared, *pairs, MatchingModel(), experience=experience)


def test_what_officers_decided_moves_the_weights() -> None:
    plain = judged(Experience()).model
    taught = judged(gathered([], decided_same(30, surname=SURNAME["differ"]), [])).model

    before = weight_of("surname", SURNAME["differ"], plain)
    assert weight_of("surname", SURNAME["differ"], taught) > before + 0.5
    assert taught.taught == 30


def test_decisions_weigh_no_more_than_their_share_of_all_that_was_found() -> None:
    many = replace(BELIEVED, found=15_000)
    few = gathered([many], decided_same(30, surname=SURNAME["differ"]), [])

    seen = few.seen("surname")

    assert seen.sum() <= COUNTS_AT_MOST + 1e-6
    assert seen[SURNAME["differ"]] / seen.sum() < 0.02


def test_different_first_names_are_not_learned_to_be_usual() -> None:
    taught = judged(gathered([], decided_same(500, forename=FORENAME["differ"]), [])).model

    assert weight_of("forename", FORENAME["differ"], taught) < -4


def test_no_link_is_made_where_officers_told_such_pairs_apart() -> None:
    alike = decided_same(5, born=BORN["slip"])
    plain = judged(Experience())
    warned = judged(gathered([], [], alike))

    links = sum(decision is Decision.AUTO for decision in plain.decided.decision)
    assert links > 0
    assert warned.decided.line > plain.decided.line
    assert warned.decided.line > odds(alike[0], warned.model)


def test_one_slip_of_an_officer_changes_no_line() -> None:
    plain = judged(Experience())
    once = judged(gathered([], [], decided_same(1)))

    assert once.decided.line == pytest.approx(plain.decided.line)
