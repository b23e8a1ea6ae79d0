"""What a school is told of where its Year 11 went: shares beside the county's, and the places most went to (R93).

Small numbers are held back (tracking/rules/disclosure.py). Shares overlap, so what is held back are the parts they are
made of; of a share with a part that is held back, only what the others come to is said: “at least 91.2%”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from tracking.rules.activity_survey import HEADLINES, Destinations
from tracking.rules.disclosure import FEW, HIDDEN, LEAST, counts_shown
from tracking.rules.rates import share

MOST_PLACES = 6
TO_FIND_OUT = "not_known"
NOT_KNOWN_WORDS = "Not known"
TOO_FEW = f"fewer than {LEAST} young people"

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One share in words; `percent` where it may be shown as it is."""

    words: str
    shown: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class YearOf:
    """One year's shares of a school or of the whole county; `people` in words."""

    year: int
    people: str
    lines: tuple[Line, ...]


def year_of(year: int, counts: Counts, destinations: Destinations) -> YearOf:
    """The shares of one year from how many are in each destination group."""
    people = sum(counts.values())
    if people < LEAST:
        return YearOf(year, TOO_FEW, tuple(Line(words, HIDDEN) for words in LINES))
    told = _Told(_parts(counts, destinations))
    lines = [told.line(str(headline), words) for headline, words in HEADLINES.items()]
    lines.append(told.line(TO_FIND_OUT, NOT_KNOWN_WORDS))
    return YearOf(year, f"{people:,}", tuple(lines))


LINES = (*HEADLINES.values(), NOT_KNOWN_WORDS)


def _parts(counts: Counts, destinations: Destinations) -> dict[str, int]:
    """How many are in the groups that count in the very same shares: parts that do not overlap."""
    parts: dict[str, int] = {}
    for code, number in counts.items():
        group = destinations.groups.get(code)
        marks = sorted(map(str, group.headlines)) if group else []
        if group and group.is_not_known:
            marks = [TO_FIND_OUT]
        name = " ".join(marks)
        parts[name] = parts.get(name, 0) + number
    return parts


class _Told:
    """Parts of which some are held back, and what may be said of shares made from them: nothing that cannot be worked
    out from the sum, the parts that are shown, and each held back as few being one to four."""

    def __init__(self, parts: Counts) -> None:
        self.parts, self.people = parts, sum(parts.values())
        told = counts_shown({name: parts[name] for name in sorted(parts)})
        self.few = {name for name, words in told.items() if words == FEW}
        self.beside = {name for name, words in told.items() if words == HIDDEN}

    def line(self, mark: str, words: str) -> Line:
        """One share, exactly, as the least it can be, or not at all."""
        names = {name for name in self.parts if mark in name.split()}
        hidden = self.few | self.beside
        if not names & hidden or hidden <= names:
            percent = share(sum(self.parts[name] for name in names), self.people) or 0.0
            return Line(words, f"{percent:.1f}%", percent)
        least = self._least(names, hidden)
        if least:
            return Line(words, f"at least {floor(1000 * least / self.people) / 10:.1f}%")
        return Line(words, FEW if names <= self.few and len(names) == 1 else HIDDEN)

    def _least(self, names: set[str], hidden: set[str]) -> int:
        shown = sum(self.parts[name] for name in names - hidden)
        if not self.beside <= names:
            return shown
        held_back = self.people - sum(self.parts[name] for name in set(self.parts) - hidden)
        return shown + max(0, held_back - (LEAST - 1) * len(self.few - names))


def places_shown(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The places most went to, six at most, none with so few that they point at somebody; and never so many of them
    that what is left of the sum does."""
    enough = sorted(
        ((name, number) for name, number in counts.items() if number >= LEAST),
        key=lambda each: (-each[1], each[0]),
    )[:MOST_PLACES]
    whole = sum(counts.values())
    while enough and 0 < whole - sum(number for _, number in enough) < LEAST:
        enough.pop()
    return tuple(enough)
