"""Which pairs are worth comparing: many passes, each by keys that the same person's two entries are likely to share.

Nobody is left out because many people share a key (that is where people get lost in a large register): more of the
key is asked for instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tracking.rules.matching.names import sound
from tracking.rules.matching.people import Ints, People, Texts, Vocabulary, stands_for

# More people than this on the register under one key: the key asks for its next part as well.
CROWD = 40
# Where dates of birth or homes are as rare as this, one is enough to be compared.
FEW = 5
# Where so many times more are on the register than came in, only those of them who share the end of a key are sorted;
# keys end in so many times more ways than are asked for.
FEW_ASKED, SLOTS = 8, 32
PRIMES = (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
    0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3, 0x1D8E4E27C47D124F, 0xEB44ACCAB455D165,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keyed:
    """One file's columns as numbers to make keys of; 0 stands for a missing entry."""

    columns: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.columns["born"])

    def take(self, rows: Ints) -> "Keyed":
        """These rows, in this order."""
        return Keyed({name: column[rows] for name, column in self.columns.items()})

    def key(self, names: tuple[str, ...]) -> Ints:
        """One number for these columns together; 0 where one of them is missing."""
        mixed = np.zeros(len(self), dtype=np.uint64)
        missing = np.zeros(len(mixed), dtype=bool)
        assert len(names) <= len(PRIMES)
        for prime, name in zip(PRIMES, names, strict=False):
            column = self.columns[name]
            missing |= column == 0
            mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(prime)
            mixed ^= mixed >> np.uint64(29)
        mixed[missing] = 0
        return mixed.view(np.int64)


@dataclass(frozen=True, slots=True)
class Pass:
    """Keys of the register and of what came in, by column; `more` are parts added, one by one, to a crowded key. With
    `few` the pass is for keys no more than so many share; all others are left to the passes that ask for more."""

    key: tuple[str, ...]
    more: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()
    few: int = 0

    def keys(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        for extra in range(len(self.more) + 1):
            added = self.more[:extra]
            yield self.key + added, (self.incoming or self.key) + added


PASSES = (
    Pass(("upn",)),
    Pass(("uln",)),
    Pass(("born", "surname_sound"), ("forename_initial", "gender")),
    Pass(("born", "forename_sound"), ("surname_initial", "gender")),
    Pass(("born", "forename_initial", "surname_initial"), ("gender",)),
    Pass(("born", "postcode")),
    Pass(("born", "street")),
    Pass(("born", "surname_last"), ("forename_initial",)),
    Pass(("born",), few=FEW),
    Pass(("born", "forename_sound"), ("gender",), incoming=("born", "surname_sound")),
    Pass(("born", "surname_sound"), ("gender",), incoming=("born", "forename_sound")),
    Pass(("born", "forename_sound"), ("surname_initial",), incoming=("born", "middle_sound")),
    Pass(("born", "middle_sound"), ("surname_initial",), incoming=("born", "forename_sound")),
    Pass(("born", "surname_sound"), ("forename_initial",), incoming=("turned", "surname_sound")),
    Pass(("born", "forename_sound"), ("surname_initial",), incoming=("turned", "forename_sound")),
    Pass(("surname", "forename"), ("year", "month", "postcode")),
    Pass(("surname", "forename"), ("year", "month"), incoming=("forename", "surname")),
    Pass(("surname_sound", "forename_sound"), ("year", "month", "surname")),
    Pass(("surname_sound", "forename_sound", "month", "day"), ("gender",)),
    Pass(("surname", "year", "month"), ("forename_initial", "gender")),
    Pass(("surname", "month", "day"), ("forename_initial",)),
    Pass(("surname", "year", "day"), ("forename_initial",)),
    Pass(("forename", "surname_initial", "year", "month"), ("gender", "postcode")),
    Pass(("forename", "surname_initial", "month", "day"), ("gender",)),
    Pass(("forename", "surname_initial", "year", "day"), ("gender",)),
    Pass(("postcode", "forename_sound"), ("surname_initial",)),
    Pass(("postcode", "surname_sound"), ("forename_initial",)),
    Pass(("postcode", "surname_sound"), ("year",), incoming=("postcode", "forename_sound")),
    Pass(("postcode", "year", "forename_initial"), ("surname_initial",)),
    Pass(("postcode_signs", "year"), few=FEW),
    Pass(("postcode_signs", "house"), ("year",)),
    Pass(("postcode_signs", "place"), ("house", "forename_initial")),
    Pass(("postcode_signs", "street"), ("house", "forename_initial")),
    Pass(("house", "street"), ("surname_initial", "year")),
    Pass(("house", "place"), ("surname_initial", "year")),
    Pass(("street", "place"), ("house", "surname_initial", "year")),
    Pass(("house", "forename"), ("street",)),
    Pass(("house", "surname"), ("street",)),
    Pass(("house", "year", "month", "day")),
)

ADDRESS = ("house", "street", "place")
# Passes that ask for no more than names, day of birth, gender and postcode, where all of a register is at hand.
OF_NAMES = tuple(
    one
    for one in PASSES
    if not {"upn", "uln", "middle_sound", "postcode_signs", *ADDRESS} & {*one.key, *one.more, *one.incoming}
)


def keyed(people: People, words: Vocabulary, passes: Sequence[Pass] = PASSES) -> Keyed:
    """The columns these passes make keys of."""
    wanted = {name for one in passes for name in (*one.key, *one.more, *one.incoming)}
    columns = _name_columns(people, words) | _day_columns(people)
    columns |= {"postcode": people.postcode, "gender": people.gender}
    if wanted & {"upn", "uln"}:
        columns |= {"upn": _numbers(people.upn), "uln": _numbers(people.uln)}
    if "postcode_signs" in wanted:
        mixed = words.postcodes.derive("signs", lambda code: "".join(sorted(code)))
        columns["postcode_signs"] = mixed[people.postcode]
    if wanted & set(ADDRESS):
        columns |= _address_columns(people.address)
    return Keyed(columns)


def _name_columns(people: People, words: Vocabulary) -> dict[str, Ints]:
    sounds = words.names.derive("sound", sound)
    whole = words.names.derive("whole", lambda name: name.replace(" ", ""))
    first = words.names.derive("initial", lambda name: name[:1])
    last = words.names.derive("last", lambda name: sound(name.split(" ")[-1]))
    first_sound = words.names.derive("first_sound", lambda name: sound(name.split(" ")[0]))
    return {
        "surname": whole[people.surname],
        "surname_sound": sounds[people.surname],
        "surname_initial": first[people.surname],
        "surname_last": last[people.surname],
        "forename": whole[people.forename],
        "forename_sound": first_sound[people.forename],
        "forename_initial": first[people.forename],
        "middle_sound": first_sound[people.middle],
    }


def _day_columns(people: People) -> dict[str, Ints]:
    year, month, day = people.born // 10_000, people.born // 100 % 100, people.born % 100
    turned = np.where(people.born == 0, 0, year * 10_000 + day * 100 + month)
    return {"born": people.born, "turned": turned, "year": year, "month": month, "day": day}


def _numbers(texts: Texts) -> Ints:
    return np.fromiter(map(stands_for, texts), dtype=np.int64, count=len(texts))


def _address_columns(addresses: Texts) -> dict[str, Ints]:
    """House number and the two longest words, wherever they stand: mostly the street and the place."""
    parts = np.array([_address_parts(address) for address in addresses], dtype=np.int64).reshape(-1, 3)
    return dict(zip(ADDRESS, parts.T, strict=True))


def _address_parts(address: str) -> tuple[int, int, int]:
    words = address.split()
    house = next((word for word in words if word[0].isdigit()), "")
    long = [*sorted((word for word in words if word[0] > "9"), key=len, reverse=True)[:2], "", ""]
    return stands_for(house), stands_for(long[0]), stands_for(long[1])


def candidates(register: Keyed, incoming: Keyed, passes: Sequence[Pass] = PASSES) -> tuple[Ints, Ints]:
    """Rows of the register and rows of what came in that share a key, each pair once, in order of what came in."""
    size = max(len(register), 1)
    parts = []
    for one in passes:
        left, right = _pairs_of(one, register, incoming)
        parts.append(right * size + left)
    found = np.sort(np.concatenate(parts))
    found = found[np.concatenate([[True], found[1:] != found[:-1]])] if len(found) else found
    return found % size, found // size


def _pairs_of(one: Pass, register: Keyed, incoming: Keyed) -> tuple[Ints, Ints]:
    waiting = np.arange(len(incoming))
    lefts, rights = [], []
    steps = list(one.keys())
    for step, (left_names, right_names) in enumerate(steps):
        keys, asked = register.key(left_names), incoming.key(right_names)[waiting]
        order = _among(keys, asked)
        order = order[np.argsort(keys[order], kind="stable")]
        begins, ends = (np.searchsorted(keys[order], asked, side) for side in ("left", "right"))
        counts = np.where(asked == 0, 0, ends - begins)
        crowded = counts > CROWD
        if step < len(steps) - 1:
            crowded &= incoming.key(steps[step + 1][1])[waiting] != 0  # else there is nothing more to ask for
        else:
            crowded = counts > one.few if one.few else np.zeros_like(crowded)
        counts[crowded] = 0
        lefts.append(order[ranges(begins, counts)])
        rights.append(np.repeat(waiting, counts))
        waiting = waiting[crowded]
        if not len(waiting):
            break
    return np.concatenate(lefts), np.concatenate(rights)


def _among(keys: Ints, asked: Ints) -> Ints:
    """Rows whose key may be asked for: where few come in, most of a register need not be sorted."""
    if len(asked) * FEW_ASKED > len(keys):
        return np.arange(len(keys))
    last = (1 << (len(asked) * SLOTS).bit_length()) - 1
    marked = np.zeros(last + 1, dtype=bool)
    marked[asked & last] = True
    return np.flatnonzero(marked[keys & last])


def ranges(begins: Ints, counts: Ints) -> Ints:
    """begin, begin + 1, ... for each, behind each other."""
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(before, counts) + np.repeat(begins, counts)
