"""Points for what is known of a young person before they may become NEET: plain sums over a dated table.

After the published risk-of-NEET indicators of several councils. Points help to choose whom to talk to first; they are
never a status, decide nothing, and are never sent to anybody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = range(1, 13)
MOST_POINTS = 9
LONGEST_NAME = 20


class ReadFrom(StrEnum):
    """Where it is known from whether a factor holds."""

    CHARACTERISTIC = "characteristic"
    ACTIVITY = "activity"
    EARLIER = "earlier activity"
    PLACE = "kind of place"
    DESTINATION = "intended destination"
    GUARANTEE = "guarantee"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class RiskFactor:
    """One line of the table. `reads` are the codes, the status or the kinds of place by which it holds; of factors with
    the same `once` only the heaviest counts. Months may run over the turn of the year."""

    code: str
    words: str
    authority: str
    source: ReadFrom
    reads: frozenset[str]
    points: int
    once: str = ""
    year_groups: frozenset[int] = frozenset()
    first_month: int = 1
    last_month: int = 12

    def within(self, month: int) -> bool:
        first, last = self.first_month, self.last_month
        return first <= month <= last if first <= last else month >= first or month <= last


@dataclass(frozen=True, slots=True)
class Points:
    """How many points somebody has, and the factors they come from, heaviest first."""

    total: int
    reasons: tuple[str, ...]


def in_force(factors: Iterable[RiskFactor], authority: str, on: date) -> tuple[RiskFactor, ...]:
    """The factors of one council (its DfE number) that count in the month of a day, in an order that stays."""
    found = [each for each in factors if each.authority in ("", authority) and each.within(on.month)]
    return tuple(sorted(found, key=lambda each: (-each.points, each.code)))


def weigh(held: Collection[str], year_group: int | None, factors: Iterable[RiskFactor]) -> Points:
    """The points of somebody in a year group by the codes of the factors that hold for them.

    Every factor that holds is named as a reason; of those that count once together the heaviest is summed.
    """
    fitting = [
        each
        for each in factors
        if each.code in held and (not each.year_groups or year_group in each.year_groups)
    ]
    heaviest: dict[str, int] = {}
    for each in fitting:
        name = each.once or each.code
        heaviest[name] = max(each.points, heaviest.get(name, 0))
    reasons = sorted(fitting, key=lambda each: (-each.points, each.code))
    return Points(sum(heaviest.values()), tuple(each.code for each in reasons))


# -- reading the table

Row = Mapping[str, str]


def risk_factor(row: Row) -> RiskFactor:
    """A row of the table `risk_factors`. Raises ValueError with the reason."""
    code, source, reads = row["code"], ReadFrom(row["source"]), frozenset(_split(row["reads"]))
    if len(code) > LONGEST_NAME:
        raise ValueError(f"its short name is longer than {LONGEST_NAME} letters")
    if not reads and source is not ReadFrom.SAID:
        raise ValueError("it does not say by which codes it holds")
    points = int(row["points"])
    if not 0 <= points <= MOST_POINTS:
        raise ValueError(f"points go from 0 to {MOST_POINTS}")
    return RiskFactor(
        code=code,
        words=row["plain_words"],
        authority=row["authority"],
        source=source,
        reads=reads,
        points=points,
        once=row["once"],
        year_groups=frozenset(int(each) for each in _split(row["year_groups"])),
        first_month=_month(row["first_month"], 1),
        last_month=_month(row["last_month"], 12),
    )


def _split(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _month(text: str, otherwise: int) -> int:
    month = int(text or otherwise)
    if month not in MONTHS:
        raise ValueError(f"{text} is no month: they go from 1 to 12")
    return month
