"""Counts of a month, the rates made from them, yearly averages, and who came to and went from the NEET.

Rates are made from unrounded counts: the cohort is academic ages 16 and 17, without those in custody (DfE scorecard,
technical notes; EES methodology). The yearly figure averages the counts and the cohorts of its months and divides
them; it is not the mean of the months' rates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from tracking.rules.academic_year import academic_year
from tracking.rules.cohort import WORDS as OUT_OF_COHORT
from tracking.rules.months import ReportingMonth


def share(part: float, whole: float) -> float | None:
    """Part of the whole in percent, unrounded; None where there is no whole."""
    return 100 * part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many counted as what. `people` holds those in custody, `cohort` does not."""

    people: float = 0
    cohort: float = 0
    neet: float = 0
    not_known: float = 0
    lapsed: float = 0
    participating: float = 0
    owed: float = 0
    offered: float = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def together(self) -> float:
        """NEET and not known."""
        return self.neet + self.not_known

    @property
    def neet_rate(self) -> float | None:
        return share(self.neet, self.cohort)

    @property
    def not_known_rate(self) -> float | None:
        return share(self.not_known, self.cohort)

    @property
    def together_rate(self) -> float | None:
        return share(self.together, self.cohort)

    @property
    def participation_rate(self) -> float | None:
        """In education and training, of the cohort."""
        return share(self.participating, self.cohort)

    @property
    def guarantee_rate(self) -> float | None:
        """With an offer, of those owed one."""
        return share(self.offered, self.owed)


def total(counts: Iterable[Counts]) -> Counts:
    """All of them added up."""
    return sum(counts, Counts())


def average(counts: Sequence[Counts]) -> Counts:
    """The mean of each count; its rates are then the yearly ones. Raises ValueError for no months at all."""
    if not counts:
        raise ValueError("There is no average of no months.")
    added = total(counts)
    return Counts(*(getattr(added, each.name) / len(counts) for each in fields(added)))


def month_ends(months: Sequence[int], on: date) -> tuple[date, ...]:
    """The ends of the months with these numbers in the academic year of a day: 12, 1, 2 of 2026-27 end in
    December 2026, January 2027, February 2027."""
    year = academic_year(on)
    return tuple(ReportingMonth.of(date(year + (month < 9), month, 1)).ends_on for month in months)


@dataclass(frozen=True, slots=True)
class Flow:
    """How the NEET of one month became those of the next. Keys say from where and to where; see FROM and TO."""

    before: int
    after: int
    joined: Mapping[str, int]
    left: Mapping[str, int]

    @property
    def joiners(self) -> int:
        return sum(self.joined.values())

    @property
    def leavers(self) -> int:
        """From NEET to education, employment or training: nobody else has left it (R103)."""
        return self.left.get(LEFT_FOR_GOOD, 0)

    @property
    def other_exits(self) -> int:
        """Those no longer counted as NEET who did not go into learning or work."""
        return sum(self.left.values()) - self.leavers

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def adds_up(self) -> bool:
        """Joiners less leavers less other exits is the change, counted on its own (R103)."""
        return self.joiners - self.leavers - self.other_exits == self.change

    @property
    def joiner_rate(self) -> float | None:
        """Joiners in percent of the NEET at the end of the month (R102)."""
        return share(self.joiners, self.after)


@dataclass(frozen=True, slots=True)
class Moves:
    """How many came to count as something since the month before, how many stopped for what is wanted of them (the
    NEET for learning or work, the not known for being known), and how many otherwise (R102, R103)."""

    joined: int = 0
    left: int = 0
    otherwise: int = 0

    @property
    def change(self) -> int:
        """By how many there are more than the month before."""
        return self.joined - self.left - self.otherwise


LEFT_FOR_GOOD = "EET"
LEFT_TO: Mapping[str, tuple[str, ...]] = {"NEET": (LEFT_FOR_GOOD,), "NOT_KNOWN": (LEFT_FOR_GOOD, "NEET")}
FROM: Mapping[str, str] = {
    "EET": "From education, employment or training",
    "NOT_KNOWN": "From not known",
    "new": "New to the cohort",
    "elsewhere": "NEET before, counted elsewhere",
    "EXCLUDED": "From custody",
    "COMPULSORY": "From school age",
}
TO: Mapping[str, str] = {
    "EET": "Into education, employment or training",
    "NOT_KNOWN": "Not known any more",
    "elsewhere": "Still NEET, counted elsewhere",
    "EXCLUDED": "Into custody",
    "COMPULSORY": "Back to school age",
    "gone": "Not on the register any more",
    **{str(reason): words for reason, words in OUT_OF_COHORT.items()},
}
