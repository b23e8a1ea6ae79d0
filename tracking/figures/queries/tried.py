"""How the forecasts of a council's own census months would have done, month by month and by how far ahead (R87)."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from tracking.figures.queries.ahead import RATES, counts_of
from tracking.figures.queries.remembered import Remembered
from tracking.figures.queries.scorecard import standing_freezes
from tracking.reference.queries import ruleset
from tracking.rules.backtest import DISTANCES, Tally, Tried, back_test, tally
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts

YEARS_LOOKED_AT = 5
TRIED = Remembered(400)  # a council's rate each
CODES = [(code, words) for code, words, *_ in RATES]


@dataclass(frozen=True)
class Record:
    """A rate's past forecasts: its words, the months it has, each try, and what they come to by months ahead."""

    words: str
    months: int
    tries: Sequence[Tried]
    tallies: Sequence[Tally]
    last: ReportingMonth | None
    counts: Counts


def record(authority_id: int, code: str) -> Record:
    """The past forecasts of one rate, of the months its yearly figure is made of. Two statements; one more where the
    months were not asked for before."""
    _, words, figure, of, _ = next(each for each in RATES if each[0] == code)
    freezes = standing_freezes(authority_id)[: 12 * YEARS_LOOKED_AT]
    counts = counts_of(freezes)
    last = max(counts) if counts else None
    months = ruleset(last.ends_on).figure_months[figure].months if last else ()
    key: Hashable = (code, months, *((each.pk, each.digest) for each in freezes))
    known: dict[Hashable, Any] = TRIED.known([key])
    if key not in known:
        history = {month: rate for month, each in counts.items() if (rate := of(each)) is not None}
        known[key] = back_test(history, months, DISTANCES)
        TRIED.keep({key: known[key]})
    found = known[key]
    return Record(words, len(counts), found, tally(found), last, counts[last] if last else Counts())
