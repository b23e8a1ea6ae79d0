"""The yearly figures to come: months that are known, months expected, the target and how many young people it takes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.figures.queries.remembered import months_of
from tracking.figures.queries.scorecard import standing_freezes
from tracking.figures.queries.tallies import Chosen
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, starts_on, year_words
from tracking.rules.forecast import (
    Expected,
    Untold,
    YearlyExpected,
    forecast,
    run_rate,
    yearly,
)
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts, month_ends
from tracking.rules.targets import Aimed, Whose

Rate = Callable[[Counts], float | None]
CENSUS, PARTICIPATION = "dec_feb", "march"


@dataclass(frozen=True)
class Line:
    """One month of a rate: as counted, or as expected, or why nothing is."""

    month: ReportingMonth
    counted: float | None = None
    expected: Expected | None = None
    untold: str = ""


@dataclass(frozen=True)
class Outlook:
    """One rate in its yearly figure: its months, each as counted or as expected, the figure, and its target."""

    code: str
    words: str
    months: Sequence[Line]
    figure: YearlyExpected | None
    target: float | None
    a_week: int
    weeks: int
    higher_is_better: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the expected figure is as good as its target."""
        if self.figure is None or self.target is None:
            return False
        short = self.target - self.figure.value if self.higher_is_better else self.figure.value - self.target
        return short <= 0


@dataclass(frozen=True)
class Ahead:
    """The outlook of an authority: its year, when that begins, its rates, the last frozen month and its counts."""

    year: str
    begins: int
    outlooks: Sequence[Outlook]
    last: ReportingMonth | None
    counts: Counts


# Each rate with its yearly figure; the last name is what its target is set for.
RATES: Sequence[tuple[str, str, str, Rate, str]] = (
    ("together", "NEET or not known", CENSUS, lambda counts: counts.together_rate, Aimed.TOGETHER),
    ("neet", "NEET", CENSUS, lambda counts: counts.neet_rate, Aimed.NEET),
    ("not_known", "Not known", CENSUS, lambda counts: counts.not_known_rate, Aimed.NOT_KNOWN),
    (
        "participation",
        "In education and training",
        PARTICIPATION,
        lambda counts: counts.participation_rate,
        Aimed.PARTICIPATION,
    ),
)


def ahead(authority_id: int, on: date) -> Ahead:
    """The yearly figures of the academic year of a day, and of the next once all its months are over (R87, R89).

    Only months that somebody froze, or that were kept as they ended, are gone by. Five statements at most."""
    freezes = standing_freezes(authority_id)
    counts = counts_of(freezes)
    last = max(counts) if counts else None
    rules, year = ruleset(on), _year(on, last)
    whose = Whose(Authority.objects.values_list("code", flat=True).get(pk=authority_id), year)
    outlooks = [_outlook(each, counts, year, on, aim=rules.target(each[4], whose)) for each in RATES]
    return Ahead(year_words(year), year, outlooks, last, counts[last] if last else Counts())


def counts_of(freezes: Sequence[Freeze]) -> dict[ReportingMonth, Counts]:
    """The counts of each month in which anybody counts, the oldest first. One statement at most."""
    found = months_of(freezes, Chosen())
    return {ReportingMonth(end): counts for end, counts in sorted(found.items()) if counts.cohort}


def _year(on: date, last: ReportingMonth | None) -> int:
    """The academic year whose figures are to come: once March is frozen, the next."""
    year = academic_year(on)
    return year + 1 if last and last.ends_on >= date(year + 1, 3, 31) else year


def _outlook(
    rate: tuple[str, str, str, Rate, str],
    counts: Mapping[ReportingMonth, Counts],
    year: int,
    on: date,
    *,
    aim: float | None,
) -> Outlook:
    code, words, figure, of, _ = rate
    history = {month: value for month, each in counts.items() if (value := of(each)) is not None}
    formula = ruleset(starts_on(year)).figure_months[figure]
    wanted = [ReportingMonth(end) for end in month_ends(formula.months, starts_on(year))]
    told = {each.month: each for each in forecast(history, [each for each in wanted if each not in history])}
    months = [_line(each, history.get(each), told.get(each)) for each in wanted]
    whole = _figure(months)
    up = figure == PARTICIPATION
    weeks = max((wanted[-1].ends_on - on).days // 7, 0)
    return Outlook(code, words, months, whole, aim, _a_week(whole, aim, counts, weeks, up=up), weeks, up)


def _line(month: ReportingMonth, counted: float | None, told: Expected | Untold | None) -> Line:
    if isinstance(told, Untold):
        return Line(month, untold=told.why)
    return Line(month, counted, told)


def _figure(months: Sequence[Line]) -> YearlyExpected | None:
    """The yearly figure; None where one of its months is neither known nor expected."""
    if any(each.untold for each in months):
        return None
    known = [each.counted for each in months if each.counted is not None]
    return yearly(known, [each.expected for each in months if each.expected])


def _a_week(
    figure: YearlyExpected | None,
    target: float | None,
    counts: Mapping[ReportingMonth, Counts],
    weeks: int,
    *,
    up: bool,
) -> int:
    if figure is None or target is None or not counts:
        return 0
    cohort = counts[max(counts)].cohort
    worse, better = (target, figure.value) if up else (figure.value, target)
    return run_rate(worse, better, cohort, weeks)
