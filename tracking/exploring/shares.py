"""What it would take of each district: its share of the way to the next quintile, and its own way to the target."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import Authority
from tracking.exploring.queries import ALL, Cut, Reach, crossed
from tracking.exploring.rules import split
from tracking.figures.queries.ahead import ahead
from tracking.figures.queries.scorecard import Part
from tracking.figures.queries.tallies import Chosen
from tracking.published.queries import Standing, standings, years
from tracking.rules.forecast import run_rate
from tracking.rules.rates import Counts, share


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: who would have to count otherwise, of whom, and whether more is better."""

    words: str
    short_of_it: Callable[[Counts], float]
    whole: Callable[[Counts], float]
    higher_is_better: bool = False

    def rate(self, counts: Counts) -> float | None:
        """The indicator in percent."""
        short, whole = self.short_of_it(counts), self.whole(counts)
        return share(whole - short if self.higher_is_better else short, whole)


INDICATORS: Mapping[str, Indicator] = {
    "together": Indicator("NEET or not known", lambda c: c.together, lambda c: c.cohort),
    "neet": Indicator("NEET", lambda c: c.neet, lambda c: c.cohort),
    "not_known": Indicator("Not known", lambda c: c.not_known, lambda c: c.cohort),
    "participation": Indicator(
        "In education and training", lambda c: c.cohort - c.participating, lambda c: c.cohort, True
    ),
    "guarantee": Indicator("September Guarantee", lambda c: c.owed - c.offered, lambda c: c.owed, True),
}


@dataclass(frozen=True)
class DistrictShare:
    """One district: how it stands now, its shares of the way to the next quintile (by who would have to count
    otherwise, and by its young people), how many it lacks to the target, and how many a week that is."""

    part: Part
    short: int
    whole: int
    rate: float | None
    by_short: int | None
    by_whole: int | None
    to_target: int | None
    a_week: int


@dataclass(frozen=True)
class Shares:
    """One indicator: where the council stood when it was last published, its target, and its districts."""

    indicator: Indicator
    year: int | None
    standing: Standing | None
    target: float | None
    weeks: int
    lines: Sequence[DistrictShare]
    whole: DistrictShare


def shares(authority_id: int, name: str, on: date) -> Shares:
    """What an indicator would take of each district (R88, R89). Eleven statements at most, one or two more where
    something happened since the month in progress was last read."""
    indicator = INDICATORS[name]
    code = Authority.objects.values_list("code", flat=True).get(pk=authority_id)
    found = crossed(authority_id, Cut(None, "district", "", Chosen(), Reach()))
    year = next(iter(years()), None)
    published = standings(code, year) if year else []
    standing = next((each for each in published if each.measure.code == name), None)
    outlook = next((each for each in ahead(authority_id, on).outlooks if each.code == name), None)
    needed = standing.next.young_people if standing and standing.next else None
    target, weeks = (outlook.target, outlook.weeks) if outlook else (None, 0)
    by_short = _split(needed, {each.slug: indicator.short_of_it(each.counts) for each in found.rows})
    by_whole = _split(needed, {each.slug: indicator.whole(each.counts) for each in found.rows})
    lines = [
        _line(each, indicator, (by_short.get(each.slug), by_whole.get(each.slug)), target, weeks)
        for each in found.rows
    ]
    everybody = Part(ALL, "The whole council", found.whole)
    return Shares(
        indicator, year, standing, target, weeks, lines,
        _line(everybody, indicator, (needed, needed), target, weeks),
    )  # fmt: skip


def _split(number: int | None, weights: Mapping[str, float]) -> Mapping[str, int]:
    return {} if number is None else split(number, weights)


def _line(
    part: Part,
    indicator: Indicator,
    given: tuple[int | None, int | None],
    target: float | None,
    weeks: int,
) -> DistrictShare:
    short, whole = int(indicator.short_of_it(part.counts)), int(indicator.whole(part.counts))
    rate = indicator.rate(part.counts)
    lacks, a_week = None, 0
    if rate is not None and target is not None:
        worse, better = (target, rate) if indicator.higher_is_better else (rate, target)
        lacks, a_week = run_rate(worse, better, whole, 1), run_rate(worse, better, whole, weeks)
    return DistrictShare(part, short, whole, rate, *given, lacks, a_week)
