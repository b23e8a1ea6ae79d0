"""Pairs within one file worth comparing, so many at a time: a register of millions holds more than memory does.

The same passes as between two files (`blocking`). Everybody under one key is paired once, and a key that is still
crowded when it has asked for all its parts asks for names and home as well: nobody is dropped.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tracking.rules.matching.blocking import CROWD, PASSES, Keyed, Pass, ranges
from tracking.rules.matching.people import Flags, Ints

# So many pairs are handed out at a time.
AT_A_TIME = 2_000_000
# More people than this under a whole key, and it asks on: a day of birth that stands for "not known", a hostel.
FAR_TOO_MANY = 500
FURTHER = ("surname", "forename", "postcode", "born")
Pairs = tuple[Ints, Ints]


def pairs_within(keys: Keyed, passes: Sequence[Pass] = PASSES) -> Iterator[Pairs]:
    """Pairs of rows that share a key, the earlier row first, once for every pass that finds them."""
    for one in passes:
        yield from _crosswise(one, keys) if one.incoming else _alike(one, keys)


def each_once(found: Iterator[Pairs], size: int, at_a_time: int = 2 * AT_A_TIME) -> Iterator[Pairs]:
    """The same in larger parts, within each of which no pair stands twice; in order."""
    waiting: list[Ints] = []
    for left, right in found:
        waiting.append(right * size + left)
        if sum(map(len, waiting)) >= at_a_time:
            yield apart(np.concatenate(waiting), size)
            waiting = []
    if waiting:
        yield apart(np.concatenate(waiting), size)


def apart(codes: Ints, size: int) -> Pairs:
    """The pairs of these codes (right * size + left), each once and in order; the codes are sorted in place."""
    codes.sort()
    is_new = np.ones(len(codes), dtype=bool)
    is_new[1:] = codes[1:] != codes[:-1]
    codes = codes[is_new]
    return codes % max(size, 1), codes // max(size, 1)


def _alike(one: Pass, keys: Keyed) -> Iterator[Pairs]:
    """A pass that asks both for the same: everybody under one key beside everybody before them."""
    rows = np.arange(len(keys))
    steps = _steps(one)
    for step, (names, limit) in enumerate(steps):
        rows, begins, sizes = _blocks(keys.key(names), rows)
        if not limit or one.few:
            yield from _each_before(rows, begins, np.where(sizes > (one.few or len(keys)), 0, sizes))
            return
        going_on = (sizes > limit) & (keys.key(steps[step + 1][0])[rows] != 0)
        yield from _those_who_stay(rows, begins, sizes, going_on)
        rows = rows[going_on]


def _steps(one: Pass) -> list[tuple[tuple[str, ...], int]]:
    """The keys one after the other, and how many may share each before the next is asked for; 0 for any number."""
    own = [names for names, _ in list(one.keys())]
    further = [own[-1] + FURTHER[: place + 1] for place in range(len(FURTHER))]
    limits = [CROWD] * (len(own) - 1) + [FAR_TOO_MANY] * len(further) + [0]
    return list(zip(own + further, limits, strict=True))


def _blocks(keys: Ints, rows: Ints) -> tuple[Ints, Ints, Ints]:
    """These rows in order of their keys without those that have none; for each where its block begins and how many
    share it."""
    keys = keys[rows]
    rows, keys = rows[keys != 0], keys[keys != 0]
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    is_first = np.ones(len(keys), dtype=bool)
    is_first[1:] = keys[1:] != keys[:-1]
    firsts = np.flatnonzero(is_first)
    many = np.diff(np.append(firsts, len(keys)))
    return rows, np.repeat(firsts, many), np.repeat(many, many)


def _those_who_stay(rows: Ints, begins: Ints, sizes: Ints, going_on: Flags) -> Iterator[Pairs]:
    """Pairs of a step but for those whose two both go on to the next: who has no next part to ask for stays beside
    all of the block."""
    order = np.argsort(begins * 2 + ~going_on, kind="stable")
    stays = ~going_on[order]
    yield from _each_before(rows[order], begins, np.where(stays, sizes, 0))


def _each_before(rows: Ints, begins: Ints, sizes: Ints) -> Iterator[Pairs]:
    """Everybody of a block that has a size beside all who stand before them in it."""
    counts = np.where(sizes > 0, np.arange(len(rows)) - begins, 0)
    for part in _parts(counts):
        left = rows[ranges(begins[part], counts[part])]
        right = np.repeat(rows[part], counts[part])
        yield np.minimum(left, right), np.maximum(left, right)


def _parts(counts: Ints) -> Iterator[slice]:
    """Where to cut, so that no part has many more pairs than are handed out at a time."""
    asked = np.flatnonzero(counts)
    if not len(asked):
        return
    total = np.cumsum(counts)
    begin, last = int(asked[0]), int(asked[-1]) + 1
    while begin < last:
        before = int(total[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(total, before + AT_A_TIME, "right")), begin + 1)
        yield slice(begin, min(end, last))
        begin = end


def _crosswise(one: Pass, keys: Keyed) -> Iterator[Pairs]:
    """A pass that looks for one thing among another: last names among first names."""
    waiting = np.arange(len(keys))
    steps = list(one.keys())
    for step, (left_names, right_names) in enumerate(steps):
        register = keys.key(left_names)
        order = np.argsort(register, kind="stable")
        register, asked = register[order], keys.key(right_names)[waiting]
        waiting = waiting[np.argsort(asked, kind="stable")]
        asked = np.sort(asked)
        begins, ends = (np.searchsorted(register, asked, side) for side in ("left", "right"))
        counts = np.where(asked == 0, 0, ends - begins)
        crowded = counts > CROWD
        crowded &= step < len(steps) - 1
        if crowded.any():
            crowded &= keys.key(steps[step + 1][1])[waiting] != 0
        counts[crowded] = 0
        for part in _parts(counts):
            left = order[ranges(begins[part], counts[part])]
            right = np.repeat(waiting[part], counts[part])
            yield left[left < right], right[left < right]
        waiting = waiting[crowded]
