"""Names as they are compared: without accents and capitals, in parts, with the short forms people go by."""

import csv
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

SHORT_FORMS = Path(__file__).with_name("short_forms.csv")
LETTERS = str.maketrans(
    {
        "Ł": "L",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
        "Þ": "TH",
        "Æ": "AE",
        "Œ": "OE",
        "ẞ": "SS",
        "I": "I",
        "’": "'",
        "ʼ": "'",
    }
)
APOSTROPHES = re.compile(r"['`.]")
SPELLINGS_APART = 2
# So many names are remembered as they are compared.
KEPT = 200_000
BREAKS = re.compile(r"[^A-Z0-9]+")
SOUNDS = (
    (re.compile(r"^(KN|GN|PN)"), "N"),
    (re.compile(r"^WR"), "R"),
    (re.compile(r"^X"), "S"),
    (re.compile(r"TIO|SIO|CIO|TIA(?=.)"), "XO"),
    (re.compile(r"SCH|SH|CH|CZ|SZ"), "X"),
    (re.compile(r"PH"), "F"),
    (re.compile(r"GH(?=[^AEIOU]|$)"), ""),
    (re.compile(r"DG(?=[EIY])"), "J"),
    (re.compile(r"TH"), "T"),
    (re.compile(r"C(?=[EIY])|Z"), "S"),
    (re.compile(r"CK|Q|C"), "K"),
    (re.compile(r"G(?=[EIY])"), "J"),
    (re.compile(r"V|W"), "F"),
    (re.compile(r"(?<=.)[AEIOUYH]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(KEPT)
def fold(text: str) -> str:
    """Capitals without accents, apostrophes or full stops, parts set apart by one space."""
    plain = unicodedata.normalize("NFKD", text.upper()).upper().translate(LETTERS)
    marks_off = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return BREAKS.sub(" ", APOSTROPHES.sub("", marks_off)).strip()


@lru_cache(KEPT)
def sound(name: str) -> str:
    """What a folded name sounds like to somebody who writes it down, roughly: its consonants."""
    heard = name.replace(" ", "")
    for written, said in SOUNDS:
        heard = written.sub(said, heard)
    return heard[:6]


@dataclass(frozen=True, slots=True)
class Forms:
    """The lines of the table a name heads, and those in which it stands behind another."""

    heads: frozenset[int]
    stands_in: frozenset[int]


@cache
def short_forms() -> dict[str, Forms]:
    """For every name of the table where it stands: a line holds a name and the forms people make of it."""
    heads: dict[str, set[int]] = defaultdict(set)
    stands_in: dict[str, set[int]] = defaultdict(set)
    with SHORT_FORMS.open(encoding="utf-8", newline="") as table:
        for number, row in enumerate(csv.DictReader(table)):
            head, *forms = map(fold, row["names"].split())
            heads[head].add(number)
            for form in forms:
                stands_in[form].add(number)
    return {name: Forms(frozenset(heads[name]), frozenset(stands_in[name])) for name in {*heads, *stands_in}}


def same_by_another_form(one: str, other: str) -> bool:
    """Whether both folded first names, or their first parts, are forms of one name: Liz and Elizabeth, Mohammad and
    Muhammed. Two different short forms of one name (Liz and Beth) are not: nobody goes by both."""
    first, second = one.split(" ")[0], other.split(" ")[0]
    table = short_forms()
    here, there = table.get(first), table.get(second)
    if not here or not there:
        return False
    if here.heads & there.stands_in or here.stands_in & there.heads:
        return True
    return bool(here.stands_in & there.stands_in) and OSA.distance(first, second) <= SPELLINGS_APART


def shares_a_part(one: str, other: str) -> bool:
    """Whether one name is a part of the other, in two letters or more (Sophie and Sophie-Mae; Reid in Reid-Shaw)."""
    parts, others = set(one.split(" ")), set(other.split(" "))
    few, many = sorted((parts, others), key=len)
    return len(many) > 1 and few <= many and max(map(len, few)) > 1
