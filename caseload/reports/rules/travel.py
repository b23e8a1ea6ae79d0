"""Which way a rate goes: held against the same month a year before, on shares that are not rounded."""

from collections.abc import Sequence
from dataclasses import dataclass

BETTER_DOWN, BETTER_UP = "\u2193 better", "\u2191 better"
WORSE_UP, WORSE_DOWN = "\u2191 worse", "\u2193 worse"
SAME, NOT_COMPARABLE = "\u2013 same", "\u00d7 not comparable"


def direction(now: float | None, before: float | None, *, up_is_better: bool = False) -> str:
    """The arrow and its word, as the DfE's scorecard has them: improved, worse, the same, not comparable. An arrow
    shows where the rate went, the word whether that is good."""
    if now is None or before is None:
        return NOT_COMPARABLE
    if now == before:
        return SAME
    if now > before:
        return BETTER_UP if up_is_better else WORSE_UP
    return WORSE_DOWN if up_is_better else BETTER_DOWN


def points(now: float | None, before: float | None) -> float | None:
    """By how many percentage points a share moved; None where one of the two is missing."""
    return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Band:
    """A length of time and how many days it reaches to; None: without an end."""

    words: str
    to_days: int | None


HEARD = (
    Band("In the last 4 weeks", 28),
    Band("4 weeks to 3 months ago", 91),
    Band("3 to 6 months ago", 182),
    Band("6 to 12 months ago", 365),
    Band("More than a year ago", None),
)
NEVER_HEARD = "Nobody ever told us of them"
NEET_FOR = (
    Band("Up to 4 weeks", 28),
    Band("4 weeks to 3 months", 91),
    Band("3 to 6 months", 182),
    Band("6 to 12 months", 365),
    Band("More than a year", None),
)
NOT_SAID = "Not recorded"


def band_of(days: int | None, bands: Sequence[Band], without: str) -> str:
    """The words of the first band that reaches as far; `without` where there is no number of days."""
    if days is None:
        return without
    return next(band.words for band in bands if band.to_days is None or days <= band.to_days)
