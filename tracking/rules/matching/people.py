"""Two files of people as columns: folded once, so that millions of pairs can be compared at a time."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tracking.rules.matching.names import fold

Ints: TypeAlias = NDArray[np.int64]
Levels: TypeAlias = NDArray[np.int8]
Texts: TypeAlias = NDArray[np.object_]
Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.float64]

HEADINGS = (
    "id", "surname", "forename", "middle_name", "date_of_birth", "gender", "postcode", "address", "upn", "uln",
    "establishment", "year_group",
)  # fmt: skip
GENDERS = {"F": 1, "FEMALE": 1, "M": 2, "MALE": 2}
ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
NO_YEAR_GROUP = -1
NOT_A_SIGN = re.compile(r"[^A-Z0-9]+")
ABBREVIATIONS = {
    "RD": "ROAD", "ST": "STREET", "AVE": "AVENUE", "AV": "AVENUE", "LN": "LANE", "CL": "CLOSE", "DR": "DRIVE",
    "CRES": "CRESCENT", "CR": "CRESCENT", "GDNS": "GARDENS", "CT": "COURT", "PL": "PLACE", "SQ": "SQUARE",
    "TERR": "TERRACE", "TCE": "TERRACE", "GRN": "GREEN", "GR": "GROVE", "PK": "PARK", "HSE": "HOUSE", "FLT": "FLAT",
}  # fmt: skip


@dataclass(slots=True)
class Words:
    """Every value once, with its number; 0 is the empty one. Both files share it, so equal numbers are equal values.
    Where it `is_closed` a value nobody has met before counts as none."""

    values: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    derived: dict[str, Ints] = field(default_factory=dict)
    is_closed: bool = False

    def number(self, value: str) -> int:
        found = self.numbers.get(value)
        if found is None and self.is_closed:
            return 0
        if found is None:
            found = self.numbers[value] = len(self.values)
            self.values.append(value)
        return found

    def column(self, texts: Sequence[str], folded: Callable[[str], str]) -> Ints:
        """The numbers of these texts; each different text is folded once."""
        seen = {text: self.number(folded(text)) for text in dict.fromkeys(texts)}
        return np.fromiter(map(seen.__getitem__, texts), dtype=np.int64, count=len(texts))

    def derive(self, name: str, of: Callable[[str], str]) -> Ints:
        """For every value a number that stands for what `of` makes of it; 0 for nothing. Kept, and carried on."""
        known = self.derived.get(name)
        begin = 0 if known is None else len(known)
        if begin < len(self.values):
            more = np.array([stands_for(of(value)) for value in self.values[begin:]], dtype=np.int64)
            self.derived[name] = more if known is None else np.concatenate([known, more])
        return self.derived[name]


def stands_for(text: str) -> int:
    """A number for a text, the same within one run; 0 for the empty one."""
    return hash(text) if text else 0


@dataclass(slots=True)
class Vocabulary:
    """The words of one comparison: names of all kinds together, as first and last name may have changed places."""

    names: Words = field(default_factory=Words)
    postcodes: Words = field(default_factory=Words)
    establishments: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class People:
    """Columns of equal length. `born` is year * 10,000 + month * 100 + day, even where there is no such day."""

    ids: Texts
    surname: Ints
    forename: Ints
    middle: Ints
    born: Ints
    gender: Ints
    postcode: Ints
    address: Texts
    upn: Texts
    uln: Texts
    establishment: Ints
    year_group: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: Any) -> "People":
        """These rows, in this order."""
        return People(*(getattr(self, part.name)[rows] for part in fields(self)))


def behind_each_other(parts: Sequence[People]) -> People:
    """All these people as one file."""
    return People(*(np.concatenate([getattr(each, part.name) for each in parts]) for part in fields(People)))


def only(size: int, columns: Mapping[str, Ints]) -> People:
    """So many people of whom nothing but these columns is known; all others are empty and take no room."""
    nothing, none = np.broadcast_to(np.array("", dtype=object), size), np.broadcast_to(np.int64(0), size)
    empty: dict[str, Any] = dict.fromkeys((part.name for part in fields(People)), none)
    empty |= dict.fromkeys(("ids", "address", "upn", "uln"), nothing) | {"year_group": none + NO_YEAR_GROUP}
    return People(**{**empty, **columns})


def people(rows: Sequence[Mapping[str, str]], words: Vocabulary) -> People:
    """People from rows by heading; a heading that is not there counts as empty."""
    return from_columns({name: [row.get(name) or "" for row in rows] for name in HEADINGS}, words)


def from_columns(columns: Mapping[str, Sequence[str]], words: Vocabulary) -> People:
    """People from columns by heading, all of one length; one that is not there counts as empty."""
    size = max(map(len, columns.values()), default=0)
    none, nothing = np.zeros(size, dtype=np.int64), _texts([""] * size)

    def texts(name: str, folded: Callable[[str], str]) -> Texts:
        return _texts(list(map(folded, columns[name]))) if name in columns else nothing

    def words_of(name: str, known: Words, folded: Callable[[str], str]) -> Ints:
        return known.column(columns[name], folded) if name in columns else none

    def numbers(name: str, read: Callable[[str], int]) -> Ints:
        return _numbers(columns[name], read) if name in columns else none + read("")

    return People(
        ids=texts("id", str),
        surname=words_of("surname", words.names, fold),
        forename=words_of("forename", words.names, fold),
        middle=words_of("middle_name", words.names, fold),
        born=numbers("date_of_birth", day_number),
        gender=numbers("gender", gender_number),
        postcode=words_of("postcode", words.postcodes, signs),
        address=texts("address", folded_address),
        upn=texts("upn", signs),
        uln=texts("uln", signs),
        establishment=words_of("establishment", words.establishments, fold),
        year_group=numbers("year_group", year_group_number),
    )


def _texts(values: Sequence[str]) -> Texts:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _numbers(values: Sequence[str], read: Callable[[str], int]) -> Ints:
    known = {value: read(value) for value in set(values)}
    return np.fromiter(map(known.__getitem__, values), dtype=np.int64, count=len(values))


def signs(text: str) -> str:
    """Letters and digits only, as capitals: how numbers and postcodes are compared."""
    return NOT_A_SIGN.sub("", text.upper()) if text else ""


def folded_address(text: str) -> str:
    """An address with the usual abbreviations written out."""
    if not text:
        return ""
    return " ".join(ABBREVIATIONS.get(word, word) for word in NOT_A_SIGN.sub(" ", text.upper()).split())


def day_number(text: str) -> int:
    """20090831 for 2009-08-31 and for 31/08/2009; 0 for what is no date."""
    text = text.strip()
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := BRITISH.fullmatch(text):
        day, month, year = found.groups()
    else:
        return 0
    return int(year) * 10_000 + int(month) * 100 + int(day)


def gender_number(text: str) -> int:
    """1 female, 2 male, 0 not known or not said."""
    return GENDERS.get(text.strip().upper(), 0)


def year_group_number(text: str) -> int:
    """The school year, 0 being Reception; -1 for none."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits and len(digits) <= 2 else NO_YEAR_GROUP
