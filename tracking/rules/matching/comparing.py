"""Compares many pairs of people at once: for every pair and field the level of agreement.

Every comparison is symmetric: which of the two stands on the register makes no difference.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tracking.rules.identifiers import uln_warning, upn_warning
from tracking.rules.matching.frequencies import Frequencies
from tracking.rules.matching.levels import (
    BORN,
    ESTABLISHMENT,
    FIELDS,
    GENDER,
    HOMES,
    MISSING,
    UPN,
    YEAR_GROUP,
)
from tracking.rules.matching.people import (
    NO_YEAR_GROUP,
    Flags,
    Ints,
    Levels,
    Numbers,
    People,
    Texts,
    Vocabulary,
    Words,
)
from tracking.rules.matching.spelling import (
    each_pair_once,
    forename_levels,
    mark_turned,
    middle_levels,
    surname_levels,
    texts_of,
)

SAME_ADDRESS, NEAR_ADDRESS = 92.0, 72.0
# A spelling this many people bear is a name of its own, not a slip of the pen: Tia and Mia are two girls.
KNOWN_FROM, KNOWN_SHARE = 3, 0.00002
FREE = -1


@dataclass(frozen=True, slots=True)
class Part:
    """Of which whole the people compared are a part. `register` is how many the register holds; `stands_for`, for each
    who came in, how many of the file they stand for. By row of the register: `person` is the first row of the same
    person (who may be there under several names), `held_by` the row that came in and has been found to be them, or
    FREE; a number past all rows stands for one who is not compared."""

    register: int
    stands_for: Numbers
    person: Ints
    held_by: Ints

    @property
    def is_whole(self) -> bool:
        """Whether nobody stands for others."""
        return self.register <= len(self.person) and bool((self.stands_for == 1).all())

    @property
    def incoming(self) -> float:
        """How many came in, all together."""
        return float(self.stands_for.sum())


def all_of(register: People, incoming: People) -> Part:
    """Both files compared whole, nobody found yet."""
    rows = np.arange(len(register))
    return Part(len(register), np.ones(len(incoming)), rows, np.full(len(register), FREE))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files and what both know: how common each name is, and which spellings of first names people bear."""

    register: People
    incoming: People
    words: Vocabulary
    part: Part
    often: Frequencies
    known: Flags

    def levels(self, left: Ints, right: Ints) -> Levels:
        """A row for each pair (row of the register, row of what came in), a column for each of FIELDS."""
        one, other = self.register.take(left), self.incoming.take(right)
        return self.levels_of(
            one,
            other,
            home_levels(one, other, self.words.postcodes),
            number_levels(one.upn, other.upn, upn_warning),
            number_levels(one.uln, other.uln, uln_warning),
        )

    def levels_of(self, one: People, other: People, home: Ints, upn: Ints, uln: Ints) -> Levels:
        """The same where homes and numbers were compared before: they take most of the time."""
        names = self.words.names
        forename = forename_levels(one, other, names, self.known)
        surname = surname_levels(one, other, names)
        mark_turned(one, other, names, forename, surname)
        columns = (
            forename,
            surname,
            born_levels(one.born, other.born),
            home,
            upn,
            uln,
            middle_levels(one, other, names),
            _plain(one.gender, other.gender, GENDER["same"], GENDER["differ"]),
            establishment_levels(one.establishment, other.establishment, self.words.establishments),
            year_group_levels(one, other),
        )
        assert len(columns) == len(FIELDS)
        return np.stack(columns, axis=1).astype(np.int8)


def comparison(
    register: People,
    incoming: People,
    words: Vocabulary,
    part: Part | None = None,
    whole: People | None = None,
) -> Comparison:
    """Two files ready to be compared. Where they are parts, `whole` is the register whose names are counted."""
    counted = register if whole is None else whole
    often = Frequencies.of(counted, len(words.names.values), len(words.postcodes.values))
    borne = often.forename + np.bincount(incoming.forename, minlength=len(words.names.values))
    enough = max(KNOWN_FROM, KNOWN_SHARE * (len(counted) + len(incoming)))
    return Comparison(register, incoming, words, part or all_of(register, incoming), often, borne >= enough)


def born_levels(left: Ints, right: Ints) -> Ints:
    """Dates of birth, digit by digit and part by part."""
    digits = np.stack([(left // 10**place % 10) != (right // 10**place % 10) for place in range(8)])
    wrong = digits.sum(axis=0)
    parts = [left // 10_000, left // 100 % 100, left % 100]
    others = [right // 10_000, right // 100 % 100, right % 100]
    agreeing = np.sum([part == other for part, other in zip(parts, others, strict=True)], axis=0)
    turned = (parts[0] == others[0]) & (parts[1] == others[2]) & (parts[2] == others[1])
    level = np.full(len(left), BORN["differ"])
    level[agreeing == 2] = BORN["two_parts"]
    level[(wrong == 1) | _neighbours_turned(left, right, wrong)] = BORN["slip"]
    level[turned] = BORN["turned"]
    level[left == right] = BORN["same"]
    level[(left == 0) | (right == 0)] = MISSING
    return level


def _neighbours_turned(left: Ints, right: Ints, wrong: Ints) -> Flags:
    found = np.zeros(len(left), dtype=bool)
    for place in range(7):
        low, high = 10**place, 10 ** (place + 1)
        turned = (left // low % 10 == right // high % 10) & (left // high % 10 == right // low % 10)
        found |= turned & (wrong == 2) & (left // low % 10 != right // low % 10)
    return found


def home_levels(one: People, other: People, postcodes: Words) -> Ints:
    """Postcode and address together, as they move together."""
    return _postcode_levels(one.postcode, other.postcode, postcodes) * HOMES + _address_levels(
        one.address, other.address
    )


def _postcode_levels(left: Ints, right: Ints, words: Words) -> Ints:
    low, high, where = each_pair_once(left, right)
    steps = process.cpdist(texts_of(words, low), texts_of(words, high), scorer=OSA.distance, score_cutoff=2)
    level = np.minimum(np.asarray(steps, dtype=np.int64), 2) + 1
    level[(low == 0) | (high == 0)] = MISSING
    return level[where]


def _address_levels(left: Texts, right: Texts) -> Ints:
    """Words in any order; another house number is another house."""
    ones, others = left.tolist(), right.tolist()
    alike = np.asarray(process.cpdist(ones, others, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_ADDRESS))
    alike = np.maximum(
        alike, process.cpdist(ones, others, scorer=fuzz.token_set_ratio, score_cutoff=SAME_ADDRESS)
    )
    level = np.full(len(ones), 3)
    level[alike >= NEAR_ADDRESS] = 2
    near = np.flatnonzero(alike >= SAME_ADDRESS)
    level[near[[_house(ones[row]) == _house(others[row]) for row in near.tolist()]]] = 1
    level[(left == "") | (right == "")] = MISSING
    return level


def _house(address: str) -> list[str]:
    return sorted(word for word in address.split() if word[0].isdigit())


def number_levels(left: Texts, right: Texts, warning: Callable[[str], str]) -> Ints:
    """Pupil or learner numbers: two sound ones that differ contradict each other."""
    level = np.full(len(left), MISSING)
    given = (left != "") & (right != "")
    same = given & (left == right)
    level[same] = UPN["same"]
    rows = np.flatnonzero(given & ~same)
    level[rows] = _differing_numbers(left[rows].tolist(), right[rows].tolist(), warning)
    return level


def _differing_numbers(ones: list[str], others: list[str], warning: Callable[[str], str]) -> Ints:
    sound_one = {number: not warning(number) for number in {*ones, *others}}
    both = np.fromiter(
        (sound_one[one] and sound_one[other] for one, other in zip(ones, others, strict=True)),
        bool,
        len(ones),
    )
    near = np.asarray(process.cpdist(ones, others, scorer=OSA.distance, score_cutoff=1)) <= 1
    return np.where(both, UPN["contradict"], np.where(near, UPN["slip"], UPN["unsound"]))


def establishment_levels(left: Ints, right: Ints, words: Words) -> Ints:
    """Schools by number or name."""
    low, high, where = each_pair_once(left, right)
    alike = process.cpdist(
        texts_of(words, low), texts_of(words, high), scorer=fuzz.token_sort_ratio, score_cutoff=90
    )
    digits = words.derive("digits", lambda name: name if name.isdigit() else "") != 0
    same = (low == high) | ((np.asarray(alike) >= 90) & ~digits[low] & ~digits[high])
    level = np.where(same, ESTABLISHMENT["same"], ESTABLISHMENT["differ"])
    level[(low == 0) | (high == 0)] = MISSING
    return level[where]


def year_group_levels(one: People, other: People) -> Ints:
    """Year groups, where a date of birth is missing: beside two dates of birth they say nothing new."""
    apart = np.abs(one.year_group - other.year_group)
    level = np.select(
        [apart == 0, apart == 1], [YEAR_GROUP["same"], YEAR_GROUP["next"]], YEAR_GROUP["differ"]
    )
    silent = (one.year_group == NO_YEAR_GROUP) | (other.year_group == NO_YEAR_GROUP)
    level[silent | ((one.born != 0) & (other.born != 0))] = MISSING
    return level


def _plain(left: Ints, right: Ints, same: int, differ: int) -> Ints:
    return np.where((left == 0) | (right == 0), MISSING, np.where(left == right, same, differ))
