"""What a school is told of where its Year 11 went: shares beside the county's, and the places most went to (R93).

Small numbers are held back (tracking/rules/disclosure.py). Shares overlap, so what is held back are the parts they are
made of; of a share with a part that is held back, only what the others come to is said: “at least 91.2%”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from tracking.rules.activity_survey import HEADLINES, Destinations, Headline
from tracking.rules.disclosure import HIDDEN, line_held_back
from tracking.rules.rates import share
from tracking.rules.suppression import LEAST

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
    """How many are in the groups that count in the very same shares: parts that do not overlap. Those nobody is in are
    named too, so that they can hide another."""
    parts = dict.fromkeys(sorted({_marks(code, destinations) for code in destinations.groups}), 0)
    for code, number in counts.items():
        name = _marks(code, destinations)
        parts[name] = parts.get(name, 0) + number
    return parts


def _marks(code: str, destinations: Destinations) -> str:
    group = destinations.groups.get(code)
    if group and group.is_not_known:
        return TO_FIND_OUT
    return " ".join(sorted(map(str, group.headlines))) if group else ""


class _Told:
    """Parts of which some are held back, and what may be said of shares made from them: nothing but the sum and what is
    made of parts that are shown."""

    def __init__(self, parts: Counts) -> None:
        self.parts, self.people = parts, sum(parts.values())
        self.hidden = line_held_back(parts, telling=[str(Headline.NEET), TO_FIND_OUT])

    def line(self, mark: str, words: str) -> Line:
        """One share, exactly, as the least it can be, or not at all. The sum of all that is held back is known to
        whoever knows the others."""
        names = {name for name in self.parts if mark in name.split()}
        if not names & self.hidden or self.hidden <= names:
            percent = share(sum(self.parts[name] for name in names), self.people) or 0.0
            return Line(words, f"{percent:.1f}%", percent)
        least = sum(self.parts[name] for name in names - self.hidden)
        return Line(words, f"at least {floor(1000 * least / self.people) / 10:.1f}%" if least else HIDDEN)


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
