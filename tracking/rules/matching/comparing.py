"""Compares many pairs of people at once: for every pair and field the level of agreement.

Every comparison is symmetric: which of the two stands on the register makes no difference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from tracking.rules.identifiers import uln_warning, upn_warning
from tracking.rules.matching.levels import (
    BORN,
    ESTABLISHMENT,
    FIELDS,
    FORENAME,
    GENDER,
    HOMES,
    MIDDLE,
    MISSING,
    SURNAME,
    UPN,
    YEAR_GROUP,
)
from tracking.rules.matching.names import same_by_another_form, shares_a_part, short_forms, sound
from tracking.rules.matching.people import (
    NO_YEAR_GROUP,
    Flags,
    Ints,
    Numbers,
    People,
    Texts,
    Vocabulary,
    Words,
)

SIMILAR_FORENAME, SIMILAR_SURNAME = 0.84, 0.86
LONG_ENOUGH_FOR_TWO_SLIPS = 7
SHORTEST_WITH_A_SLIP = 3
SAME_ADDRESS, NEAR_ADDRESS = 92.0, 72.0
# A spelling this many people bear is a name of its own, not a slip of the pen: Tia and Mia are two girls.
KNOWN_FROM, KNOWN_SHARE = 3, 0.00002


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files and what both know: which spellings of first names are names that people bear."""

    register: People
    incoming: People
    words: Vocabulary
    known: Flags

    def levels(self, left: Ints, right: Ints) -> Ints:
        """A row for each pair (row of the register, row of what came in), a column for each of FIELDS."""
        one, other = self.register.take(left), self.incoming.take(right)
        names = self.words.names
        forename = forename_levels(one, other, names, self.known)
        surname = surname_levels(one, other, names)
        _turn(one, other, names, forename, surname)
        columns = (
            forename,
            surname,
            born_levels(one.born, other.born),
            home_levels(one, other, self.words.postcodes),
            number_levels(one.upn, other.upn, upn_warning),
            number_levels(one.uln, other.uln, uln_warning),
            middle_levels(one, other, names),
            _plain(one.gender, other.gender, GENDER["same"], GENDER["differ"]),
            establishment_levels(one.establishment, other.establishment, self.words.establishments),
            year_group_levels(one, other),
        )
        assert len(columns) == len(FIELDS)
        return np.stack(columns, axis=1).astype(np.int64)


def comparison(register: People, incoming: People, words: Vocabulary) -> Comparison:
    """Two files ready to be compared."""
    borne = np.bincount(
        np.concatenate([register.forename, incoming.forename]), minlength=len(words.names.values)
    )
    enough = max(KNOWN_FROM, KNOWN_SHARE * (len(register) + len(incoming)))
    return Comparison(register, incoming, words, borne >= enough)


def _each_pair_once(left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """The different pairs of values, lower first, and where each row finds its own."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    size = int(high.max(initial=0)) + 1
    codes = low * size + high
    order = np.argsort(codes)
    new = np.ones(len(codes), dtype=bool)
    new[1:] = codes[order][1:] != codes[order][:-1]
    where = np.empty(len(codes), dtype=np.int64)
    where[order] = np.cumsum(new) - 1
    pairs = codes[order][new]
    return pairs // size, pairs % size, where


def _texts(words: Words, numbers: Ints) -> list[str]:
    return [words.values[number] for number in numbers.tolist()]


def _compact(names: Sequence[str]) -> list[str]:
    return [name.replace(" ", "") for name in names]


def _where(test: Callable[[str, str], bool], ones: list[str], others: list[str], rows: Flags) -> Flags:
    """Where the test holds, asked only in these rows."""
    found = np.zeros(len(ones), dtype=bool)
    for row in np.flatnonzero(rows).tolist():
        found[row] = test(ones[row], others[row])
    return found


def _has_parts(ones: list[str], others: list[str]) -> Flags:
    return np.fromiter(
        (" " in one or " " in other for one, other in zip(ones, others, strict=True)), bool, len(ones)
    )


def _lengths(texts: list[str]) -> Ints:
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))


@dataclass(frozen=True, slots=True)
class Spelling:
    """How near the spellings of pairs of names are."""

    same: Flags
    slip: Flags
    nearness: Numbers


def spelling(ones: list[str], others: list[str]) -> Spelling:
    """Letters compared without the breaks between parts."""
    one, other = _compact(ones), _compact(others)
    steps = np.asarray(process.cpdist(one, other, scorer=OSA.distance, score_cutoff=2))
    nearness = np.asarray(process.cpdist(one, other, scorer=JaroWinkler.similarity), dtype=np.float64)
    shortest = np.minimum(_lengths(one), _lengths(other))
    slip = ((steps == 1) & (shortest >= SHORTEST_WITH_A_SLIP)) | (
        (steps == 2) & (shortest >= LONG_ENOUGH_FOR_TWO_SLIPS)
    )
    return Spelling(steps == 0, slip, nearness)


def forename_levels(one: People, other: People, words: Words, known: Flags) -> Ints:
    """First names. Two spellings that are both well known as names are two names, however near."""
    low, high, where = _each_pair_once(one.forename, other.forename)
    ones, others = _texts(words, low), _texts(words, high)
    spelt = spelling(ones, others)
    two_names = known[low] & known[high]
    level = np.full(len(low), FORENAME["differ"])
    level[(spelt.nearness >= SIMILAR_FORENAME) & ~two_names] = FORENAME["similar"]
    level[spelt.slip & ~two_names] = FORENAME["slip"]
    level[_fits_initial(ones, others)] = FORENAME["initial"]
    has_form = words.derive("has_form", _has_form) != 0
    asked = (has_form[low] & has_form[high]) & ~spelt.same
    level[_where(same_by_another_form, ones, others, asked)] = FORENAME["form"]
    level[_where(shares_a_part, ones, others, _has_parts(ones, others))] = FORENAME["part"]
    level[spelt.same] = FORENAME["same"]
    level[(low == 0) | (high == 0)] = MISSING
    found = level[where]
    _goes_by_middle(one, other, found)
    return found


def _has_form(name: str) -> str:
    return name if name.split(" ")[0] in short_forms() else ""


def _fits_initial(ones: list[str], others: list[str]) -> Flags:
    return np.fromiter(
        (
            min(len(one), len(other)) == 1 and one[:1] == other[:1]
            for one, other in zip(ones, others, strict=True)
        ),
        dtype=bool,
        count=len(ones),
    )


def _goes_by_middle(one: People, other: People, level: Ints) -> None:
    """A first name that is the other's middle name, where nothing better is said of the two first names."""
    turned = ((one.middle != 0) & (one.middle == other.forename)) | (
        (other.middle != 0) & (other.middle == one.forename)
    )
    level[turned & (level >= FORENAME["similar"])] = FORENAME["middle"]


def surname_levels(one: People, other: People, words: Words) -> Ints:
    """Last names; breaks and hyphens make no difference."""
    low, high, where = _each_pair_once(one.surname, other.surname)
    ones, others = _texts(words, low), _texts(words, high)
    spelt = spelling(ones, others)
    heard = words.derive("sound", sound)
    level = np.full(len(low), SURNAME["differ"])
    level[(spelt.nearness >= SIMILAR_SURNAME) | (heard[low] == heard[high])] = SURNAME["similar"]
    level[spelt.slip] = SURNAME["slip"]
    level[_where(shares_a_part, ones, others, _has_parts(ones, others))] = SURNAME["part"]
    level[spelt.same] = SURNAME["same"]
    level[(low == 0) | (high == 0)] = MISSING
    return level[where]


def _turn(one: People, other: People, words: Words, forename: Ints, surname: Ints) -> None:
    """Mark first and last names that changed places: they fit crosswise, both or one of them, and not as they stand."""
    asked = np.flatnonzero(
        (forename >= FORENAME["similar"]) & (surname >= SURNAME["similar"])
        | (forename == MISSING) & (surname >= SURNAME["similar"])
        | (forename >= FORENAME["similar"]) & (surname == MISSING)
    )
    crossed = _fits(words, one.forename[asked], other.surname[asked]) + _fits(
        words, one.surname[asked], other.forename[asked]
    )
    turned, half = asked[crossed == 2], asked[crossed == 1]
    forename[turned], surname[turned] = FORENAME["swapped"], SURNAME["swapped"]
    forename[half], surname[half] = FORENAME["half"], MISSING


def _fits(words: Words, left: Ints, right: Ints) -> Ints:
    """1 where two names are the same but for a slip, 0 where they differ or one is missing."""
    low, high, where = _each_pair_once(left, right)
    spelt = spelling(_texts(words, low), _texts(words, high))
    fits = (spelt.same | spelt.slip) & (low != 0)
    return np.asarray(fits[where], dtype=np.int64)


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
    low, high, where = _each_pair_once(left, right)
    steps = process.cpdist(_texts(words, low), _texts(words, high), scorer=OSA.distance, score_cutoff=2)
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


def middle_levels(one: People, other: People, words: Words) -> Ints:
    """Middle names, initials allowed; not asked where the first name already used one."""
    low, high, where = _each_pair_once(one.middle, other.middle)
    ones, others = _texts(words, low), _texts(words, high)
    spelt = spelling(ones, others)
    level = np.full(len(low), MIDDLE["differ"])
    begins = np.fromiter(
        (min(len(a), len(b)) == 1 and a[:1] == b[:1] for a, b in zip(ones, others, strict=True)),
        bool,
        len(ones),
    )
    level[spelt.slip | begins | _where(shares_a_part, ones, others, _has_parts(ones, others))] = MIDDLE[
        "like"
    ]
    level[spelt.same] = MIDDLE["same"]
    level[spelt.same & (_lengths(ones) == 1)] = MIDDLE["like"]
    level[(low == 0) | (high == 0)] = MISSING
    return level[where]


def establishment_levels(left: Ints, right: Ints, words: Words) -> Ints:
    """Schools by number or name."""
    low, high, where = _each_pair_once(left, right)
    alike = process.cpdist(
        _texts(words, low), _texts(words, high), scorer=fuzz.token_sort_ratio, score_cutoff=90
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
