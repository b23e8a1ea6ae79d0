"""What may be counted in a cut of one's own: each number and each share, with the list of people behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracking.rules.codes import Status
from tracking.rules.rates import Counts, Moves


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to count: its words, its value in some counts (None: nobody it could be a share of), whose list stands
    behind it, whether it is a share in percent; or, of those who came or went, its value in the moves of a status."""

    words: str
    value: Callable[[Counts], float | None]
    behind: str
    is_share: bool = False
    moves: Callable[[Moves], int] | None = None
    status: Status | None = None

    def said(self, value: float | None) -> str:
        """A value as a page shows it; empty where there is none."""
        if value is None:
            return ""
        return f"{value:.1f}%" if self.is_share else f"{value:,.0f}"


def _moving(words: str, status: Status, way: str) -> Measure:
    """Those who came to a status since the month before, or left it, by the name of their way."""
    return Measure(
        words,
        lambda counts: None,
        f"{status.lower()}_{way}",
        moves=lambda moves: getattr(moves, way),
        status=status,
    )


# R87, R100: shares are of the cohort; the September Guarantee's is of those owed an offer. R102, R103: who came and who
# went since the month before; whoever stays NEET and changes parts joined the one and left the other.
MEASURES: Mapping[str, Measure] = {
    "together_share": Measure("NEET or not known, per cent", lambda c: c.together_rate, "together", True),
    "neet_share": Measure("NEET, per cent", lambda c: c.neet_rate, "neet", True),
    "not_known_share": Measure("Not known, per cent", lambda c: c.not_known_rate, "not_known", True),
    "participating_share": Measure(
        "In education and training, per cent", lambda c: c.participation_rate, "participating", True
    ),
    "offered_share": Measure("With a September offer, per cent", lambda c: c.guarantee_rate, "offered", True),
    "together": Measure("NEET or not known", lambda c: c.together, "together"),
    "neet": Measure("NEET", lambda c: c.neet, "neet"),
    "not_known": Measure("Not known", lambda c: c.not_known, "not_known"),
    "lapsed": Measure("Not known because nobody confirmed in time", lambda c: c.lapsed, "lapsed"),
    "participating": Measure("In education and training", lambda c: c.participating, "participating"),
    "cohort": Measure("Young people in the cohort", lambda c: c.cohort, "cohort"),
    "neet_joined": _moving("Became NEET since the month before", Status.NEET, "joined"),
    "neet_left": _moving("Left NEET for learning or work", Status.NEET, "left"),
    "neet_otherwise": _moving("Left NEET otherwise", Status.NEET, "otherwise"),
    "not_known_joined": _moving("Became not known since the month before", Status.NOT_KNOWN, "joined"),
    "not_known_left": _moving("Not known before, known now", Status.NOT_KNOWN, "left"),
    "not_known_otherwise": _moving("Not known before, not counted now", Status.NOT_KNOWN, "otherwise"),
}


def split(number: int, weights: Mapping[str, float]) -> dict[str, int]:
    """A whole number of young people in proportion to weights, by the largest remainders, the first named first: the
    parts add up to the number. Without any weight nobody is given to anyone."""
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {name: number * weight / whole for name, weight in weights.items()}
    parts = {name: int(value) for name, value in exact.items()}
    left = number - sum(parts.values())
    for name in sorted(exact, key=lambda each: parts[each] - exact[each])[:left]:
        parts[name] += 1
    return parts
