"""Reporting years of dated rows: how sure we are of a row in a given year, and when a row may still be put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.rules.academic_year import reporting_year, year_words
from tracking.rules.codes import Evidence

# Words and remarks: changing them changes no figure, no file and nobody's situation.
ONLY_WORDS = frozenset(
    {"label", "plain_words", "meaning", "note", "last_seen", "wrong", "mend", "duty_evidence"}
)

# How the department's papers number and word a period: a reporting year starts in April.
FIRST_MONTH = 4


def starts_on(year: int) -> date:
    """1 April, the first day of a reporting year."""
    return date(year, FIRST_MONTH, 1)


def ends_on(year: int) -> date:
    """31 March, its last day."""
    return starts_on(year + 1) - timedelta(days=1)


def seen_in(last_seen: str) -> int | None:
    """The year a row was last seen in a requirement: 2023 from "2023" or "2023-24"; None where nothing is said."""
    figures = last_seen.strip()[:4]
    return int(figures) if figures.isdecimal() and len(figures) == 4 else None


def sureness(evidence: str, last_seen: str, valid_from: date, year: int) -> Evidence:
    """How sure we are of a row in one reporting year (R153).

    A row is confirmed up to the year it was last read in; after that it is carried over, until somebody reads it
    in the new year's requirement.
    """
    if evidence != Evidence.CONFIRMED:
        return Evidence(evidence)
    read_in = seen_in(last_seen)
    known_until = reporting_year(valid_from) if read_in is None else read_in
    return Evidence.CONFIRMED if year <= known_until else Evidence.CARRIED_OVER


def confirmed_in(year: int) -> str:
    """What `last_seen` holds once a row was read in that year's requirement."""
    return year_words(year)


@dataclass(frozen=True, slots=True)
class Period:
    """The reporting dates a row holds, both included; no end is open."""

    first: date
    last: date | None = None

    def overlaps(self, other: "Period") -> bool:
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )

    def within(self, year: int) -> bool:
        return self.overlaps(Period(starts_on(year), ends_on(year)))


def changed_columns(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The columns whose text differs, in the order of the new row."""
    return tuple(name for name in after if (before.get(name) or "") != (after.get(name) or ""))


def may_be_corrected(columns: tuple[str, ...], first: date, today: date) -> bool:
    """Whether a row may be put right as it stands: nothing was worked out with it yet, or only words differ."""
    return first > today or ONLY_WORDS.issuperset(columns)
