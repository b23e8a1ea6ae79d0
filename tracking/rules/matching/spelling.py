"""How near two people's names are: first, last and middle names, letter by letter, by sound and by the forms people
go by, and names that changed places.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from tracking.rules.matching.levels import FORENAME, MIDDLE, MISSING, SURNAME
from tracking.rules.matching.names import same_by_another_form, shares_a_part, short_forms, sound
from tracking.rules.matching.people import Flags, Ints, Numbers, People, Words

SIMILAR_FORENAME, SIMILAR_SURNAME = 0.84, 0.86
LONG_ENOUGH_FOR_TWO_SLIPS = 7
SHORTEST_WITH_A_SLIP = 3


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
    low, high, where = each_pair_once(one.forename, other.forename)
    ones, others = texts_of(words, low), texts_of(words, high)
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
    low, high, where = each_pair_once(one.surname, other.surname)
    ones, others = texts_of(words, low), texts_of(words, high)
    spelt = spelling(ones, others)
    heard = words.derive("sound", sound)
    level = np.full(len(low), SURNAME["differ"])
    level[(spelt.nearness >= SIMILAR_SURNAME) | (heard[low] == heard[high])] = SURNAME["similar"]
    level[spelt.slip] = SURNAME["slip"]
    level[_where(shares_a_part, ones, others, _has_parts(ones, others))] = SURNAME["part"]
    level[spelt.same] = SURNAME["same"]
    level[(low == 0) | (high == 0)] = MISSING
    return level[where]


def middle_levels(one: People, other: People, words: Words) -> Ints:
    """Middle names, initials allowed; not asked where the first name already used one."""
    low, high, where = each_pair_once(one.middle, other.middle)
    ones, others = texts_of(words, low), texts_of(words, high)
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


def mark_turned(one: People, other: People, words: Words, forename: Ints, surname: Ints) -> None:
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
    low, high, where = each_pair_once(left, right)
    spelt = spelling(texts_of(words, low), texts_of(words, high))
    fits = (spelt.same | spelt.slip) & (low != 0)
    return np.asarray(fits[where], dtype=np.int64)


def each_pair_once(left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
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


def texts_of(words: Words, numbers: Ints) -> list[str]:
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
