"""What it would take of each district: its share of the way to the next quintile, and its own way to the target."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schools.models import Authority
from tracking.exploring.queries import ALL, Cut, crossed
from tracking.exploring.rules import split
from tracking.figures.queries.ahead import ahead
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.figures.queries.scorecard import Part
from tracking.figures.queries.tallies import Chosen
from tracking.published.queries import Standing, standings, years
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year
from tracking.rules.forecast import run_rate
from tracking.rules.rates import Counts, share
from tracking.rules.targets import Whose


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
    otherwise, and by its young people), its target, how many it lacks to it, and how many a week that is."""

    part: Part
    short: int
    whole: int
    rate: float | None
    by_short: int | None
    by_whole: int | None
    target: float | None
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

    @property
    def has_targets(self) -> bool:
        """Whether there is a target, the council's or a district's own."""
        return any(each.target is not None for each in (*self.lines, self.whole))


def shares(authority_id: int, name: str, on: date, reach: Reach = EVERYBODY) -> Shares:
    """What an indicator would take of each district in reach (R88, R89); what is shared out is so among all of them.

    Eleven statements at most, one or two more where something happened since the month in progress was last read."""
    indicator = INDICATORS[name]
    code = Authority.objects.values_list("code", flat=True).get(pk=authority_id)
    found = crossed(authority_id, Cut(None, "district", "", Chosen()))
    year = next(iter(years()), None)
    published = standings(code, year) if year else []
    standing = next((each for each in published if each.measure.code == name), None)
    seen_ahead = ahead(authority_id, on)
    outlook = next((each for each in seen_ahead.outlooks if each.code == name), None)
    needed = standing.next.young_people if standing and standing.next else None
    rules, weeks = ruleset(on), outlook.weeks if outlook else 0
    whose = Whose(code, seen_ahead.begins if outlook else academic_year(on))
    target = rules.target(name, whose)
    by_short = _split(needed, {each.slug: indicator.short_of_it(each.counts) for each in found.rows})
    by_whole = _split(needed, {each.slug: indicator.whole(each.counts) for each in found.rows})
    lines = [
        _line(
            each,
            indicator,
            (by_short.get(each.slug), by_whole.get(each.slug)),
            rules.target(name, replace(whose, district=each.words)),
            weeks,
        )
        for each in found.rows
        if _is_in(reach, each)
    ]
    everybody = Part(ALL, "The whole council", found.whole)
    return Shares(
        indicator, year, standing, target, weeks, lines,
        _line(everybody, indicator, (needed, needed), target, weeks),
    )  # fmt: skip


def _is_in(reach: Reach, district: Part) -> bool:
    return reach.is_whole or district.slug in map(str, reach.districts or ())


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
    return DistrictShare(part, short, whole, rate, *given, target, lacks, a_week)
