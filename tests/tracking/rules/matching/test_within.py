"""Pairs of one file, so many at a time, and the search of a register too large to be held whole."""

from itertools import combinations
from random import Random

import numpy as np
import pytest

from tests.tracking.rules.matching._returns import ON, Row, council, row_of, slip
from tracking.rules.matching import many, twice, within
from tracking.rules.matching.blocking import PASSES, Keyed, candidates, keyed
from tracking.rules.matching.for_eyes import LINES, sure_for_eyes
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Vocabulary, people
from tracking.seeding.people import Numbering
from tracking.seeding.people import people as invented


@pytest.fixture(scope="module")
def register() -> list[Row]:
    """Three thousand people, a tenth of whom stand on it again with a slip."""
    dice = Random(71)
    rows = [
        row_of(dice, each) for each in invented(dice, council(71), 3_000, Numbering(1, 0, ON)) if each.uln
    ]
    again = [row | {"id": f"again{row['id']}", "upn": "", "uln": "", "forename": slip(dice, row["forename"])}
             for row in rows[::10]]  # fmt: skip
    return rows + again


def keys_of(rows: list[Row]) -> Keyed:
    words = Vocabulary()
    return keyed(people(rows, words), words)


def test_a_filebeside_itself_has_every_pair_two_files_would_have(register: list[Row]) -> None:
    keys = keys_of(register)
    left, right = candidates(keys, keys)
    before = set(zip(left[left < right].tolist(), right[left < right].tolist(), strict=True))

    parts = list(within.each_once(within.pairs_within(keys), len(keys), 1_000))
    found = {pair for part in parts for pair in zip(*(end.tolist() for end in part), strict=True)}

    assert len(parts) > 3
    assert before <= found
    assert all(left < right for left, right in found)
    assert len(found) < 1.05 * len(before)


def test_each_key_pairs_everybody_once(register: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    """However the pairs are cut into parts, a pass hands out each once."""
    keys = keys_of(register)
    whole = [sorted(_pairs(keys, one)) for one in PASSES]
    monkeypatch.setattr(within, "AT_A_TIME", 7)

    assert [sorted(_pairs(keys, one)) for one in PASSES] == whole
    assert all(len(found) == len(set(found)) for found in whole)
    assert sum(map(len, whole)) > 5_000


def _pairs(keys: Keyed, one: within.Pass) -> list[tuple[int, int]]:
    return [
        pair
        for part in within.pairs_within(keys, [one])
        for pair in zip(*map(np.ndarray.tolist, part), strict=True)
    ]


def test_a_birthday_that_stands_for_not_known_costs_little_and_loses_nobody() -> None:
    """Two thousand born on 1 January 2008, of one last name and home: asked on by first name, not dropped."""
    first_names = [f"{one}{two}{three}" for one in "BDFGKL" for two in "AEIOU" for three in "MNPRST"]
    rows = [
        {"id": str(number), "surname": "Hostel", "forename": first_names[number % 180], "date_of_birth": "2008-01-01",
         "postcode": "ZZ1 1AA", "address": "1 Mill Lane", "gender": "F"}
        for number in range(2_000)
    ]  # fmt: skip
    keys = keys_of(rows)

    found = {
        pair
        for left, right in within.each_once(within.pairs_within(keys), len(keys))
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    }

    namesakes = {pair for first in range(180) for pair in combinations(range(first, 2_000, 180), 2)}
    assert namesakes <= found
    assert len(found) < 2_000 * 1_999 / 2 / 5


def test_a_register_searched_in_parts_is_searched_as_if_whole(
    register: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _found(register)
    monkeypatch.setattr(twice, "WHOLE", 100)
    monkeypatch.setattr(many, "TEACHERS", 1_500)
    monkeypatch.setattr(many, "AT_A_TIME", 5_000)

    parts = _found(register)

    sure = {pair for pair, how in whole.items() if how > 0.05}
    assert len(sure) > 250
    assert sure <= parts.keys()
    assert len(whole.keys() ^ parts.keys()) <= 0.02 * len(whole)
    assert max(abs(whole[pair] - parts[pair]) for pair in sure) < 0.05


def _found(rows: list[Row]) -> dict[tuple[str, str], float]:
    words = Vocabulary()
    file = people(rows, words)
    found = twice.find_twice(file, words, MatchingModel(lines=LINES), sure_for_eyes).decided
    ends = zip(file.ids[found.left], file.ids[found.right], found.sure.tolist(), strict=True)
    return {(one, other): sure for one, other, sure in ends}


def test_a_glance_never_thinks_less_of_a_pair_than_a_whole_comparison(register: list[Row]) -> None:
    words = Vocabulary()
    file = people(register, words)
    keys = keyed(file, words)
    compared, model = twice.beside_itself(file, words), MatchingModel()
    model = many.settled(many.everything(keys, compared).seen, compared.part, model)
    dice = np.random.default_rng(5)
    left, right = dice.integers(len(file), size=20_000), dice.integers(len(file), size=20_000)
    alike = list(within.pairs_within(keys))
    left, right = (
        np.concatenate([end, *(part[place] for part in alike)]) for place, end in enumerate((left, right))
    )

    most = many.glance_of(compared, keys, model).odds(left, right)
    whole = many.odds_under(model, file.take(left), compared.levels(left, right), compared.often)

    assert (most >= whole - 1e-6).all()
    assert (most > whole + 1).any()
