"""What a school is told of where its Year 11 went: shares beside the county's, and the places most went to (R93).

Small numbers are held back (tracking/rules/disclosure.py). Shares overlap, so what is held back are the parts they are
made of; of a share with a part that is held back, only what the others come to is said: “at least 91.2%”.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracking.rules.activity_survey import HEADLINES, Destinations, Headline
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


def year_of(year: int, counts: Counts | None, destinations: Destinations) -> YearOf | None:
    """The shares of one year from how many are in each destination group; None where there was no survey."""
    if counts is None:
        return None
    people = sum(counts.values())
    if people < LEAST:
        return YearOf(year, TOO_FEW, tuple(Line(words, HIDDEN) for words in LINES))
    parts = _parts(counts, destinations)
    told = counts_shown({name: parts[name] for name in sorted(parts)})
    open_ = {name for name, words in told.items() if words == str(parts[name])}
    lines = [_line(words, _holding(headline, parts), parts, open_) for headline, words in HEADLINES.items()]
    lines.append(_line(NOT_KNOWN_WORDS, _holding(TO_FIND_OUT, parts), parts, open_))
    return YearOf(year, f"{people:,}", tuple(lines))


LINES = (*HEADLINES.values(), NOT_KNOWN_WORDS)


def _parts(counts: Counts, destinations: Destinations) -> dict[str, int]:
    """How many are in the groups that count in the very same shares: parts that do not overlap."""
    parts: dict[str, int] = {}
    for code, number in counts.items():
        group = destinations.groups.get(code)
        marks = sorted(group.headlines) if group else []
        if group and group.is_not_known:
            marks = [TO_FIND_OUT]
        name = " ".join(marks)
        parts[name] = parts.get(name, 0) + number
    return parts


def _holding(mark: Headline | str, parts: Counts) -> list[str]:
    return [name for name in parts if str(mark) in name.split()]


def _line(words: str, names: Sequence[str], parts: Counts, open_: set[str]) -> Line:
    people = sum(parts.values())
    known = sum(parts[name] for name in names if name in open_)
    percent = share(known, people) or 0.0
    if all(name in open_ for name in names):
        return Line(words, f"{percent:.1f}%", percent)
    if known:
        return Line(words, f"at least {percent:.1f}%")
    few = len(names) == 1 and 0 < parts[names[0]] < LEAST
    return Line(words, FEW if few else HIDDEN)


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
