"""The yearly indicators of the toolkit's Annex 2, counted from frozen months by the rows of a dated table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import connection

from tracking.figures.models import Freeze
from tracking.figures.queries.flows import Pair, flow_of
from tracking.figures.queries.records import OFFER_MADE
from tracking.figures.queries.remembered import months_of, moves_of
from tracking.figures.queries.scorecard import standing_freezes
from tracking.figures.queries.tallies import Chosen
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, starts_on, year_words
from tracking.rules.indicators import Indicator, Measured
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import month_ends, share
from tracking.rules.ruleset import RuleSet

ALL_MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
COUNTED = "r.reason in ('tracked_age', 'with_plan', 'no_plan') and r.status <> 'EXCLUDED'"
WAS_NEET = "coalesce(w.status = 'NEET' and w.is_measured, false)"
# What is counted, of what, and how many months before the other record of the same person lies (0: there is none).
MEASURES: Mapping[Measured, tuple[str, str, int]] = MappingProxyType(
    {
        Measured.NEET: ("r.status = 'NEET'", COUNTED, 0),
        Measured.NOT_KNOWN: ("r.status = 'NOT_KNOWN'", COUNTED, 0),
        Measured.LEARNING_OR_WORK: ("r.status = 'EET'", COUNTED, 0),
        Measured.JOINERS: (f"not {WAS_NEET}", f"{COUNTED} and r.status = 'NEET'", 1),
        Measured.LEAVERS: ("r.status = 'EET'", WAS_NEET, 1),
        Measured.PROGRESSION: ("r.status = 'EET'", f"{COUNTED} and w.status = 'EET'", 12),
        Measured.GUARANTEE: ("r.guarantee = any(%(offers)s)", "r.guarantee is not null", 0),
    }
)
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "need": "r.need = any(%(need)s)",
        "characteristic": "r.characteristics && %(characteristic)s::varchar[]",
        "ethnicity": "r.ethnicity = any(%(ethnicity)s)",
        "gender": "r.gender = any(%(gender)s)",
    }
)
# Month by month, so that of the divided table only the month's own division is read, and the earlier one's.
STATEMENT = """
    select m.month, counted.part, counted.whole
    from unnest(%(freezes)s::bigint[], %(months)s::date[], %(earlier)s::bigint[], %(earlier_months)s::date[])
      as m (frozen, month, earlier, earlier_month)
    cross join lateral (
      select count(*) filter (where {part}) as part, count(*) as whole
      from tracking_monthrecord r
      {before}
      where r.freeze_id = m.frozen and r.month = m.month
        and r.academic_age between %(first_age)s and %(last_age)s and {whole} and {group}
    ) as counted
"""
BEFORE = """
    left join tracking_monthrecord w
      on w.freeze_id = m.earlier and w.month = m.earlier_month and w.person_id = r.person_id
"""


@dataclass(frozen=True)
class OfYear:
    """An indicator in one academic year: its months that are there, and what was counted of what, added up."""

    words: str
    months: int
    wanted: int
    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """Averages of counts divided by each other are sums divided by each other (R99)."""
        return share(self.part, self.whole) if self.months else None

    @property
    def is_whole(self) -> bool:
        return self.months == self.wanted


@dataclass(frozen=True)
class Shown:
    """An indicator in the year asked for and in the one before."""

    indicator: Indicator
    now: OfYear
    before: OfYear

    @property
    def change(self) -> float | None:
        """Only of whole years: a few months beside twelve say nothing."""
        if not (self.now.is_whole and self.before.is_whole):
            return None
        if self.now.rate is None or self.before.rate is None:
            return None
        return self.now.rate - self.before.rate


def indicators(authority_id: int, on: date) -> list[Shown]:
    """Every indicator of the day's table in the academic year of the day and in the one before, from months that are
    frozen. One statement each, and one for the months."""
    standing = {each.month: each for each in standing_freezes(authority_id) if each.month <= on}
    rules, year = ruleset(on), academic_year(on)
    asked = sorted(rules.indicators.values(), key=lambda each: (each.order, each.code))
    return [_shown(each, standing, year, rules) for each in asked]


def _shown(asked: Indicator, standing: Mapping[date, Freeze], year: int, rules: RuleSet) -> Shown:
    wanted = {each: month_ends(asked.months or ALL_MONTHS, starts_on(each)) for each in (year, year - 1)}
    found = counted(asked, standing, [month for ends in wanted.values() for month in ends], rules)
    now, before = (_of_year(each, wanted[each], found) for each in (year, year - 1))
    return Shown(asked, now, before)


def _of_year(year: int, wanted: Sequence[date], found: Mapping[date, tuple[int, int]]) -> OfYear:
    there = [found[month] for month in wanted if month in found]
    parts, wholes = sum(each[0] for each in there), sum(each[1] for each in there)
    return OfYear(year_words(year), len(there), len(wanted), parts, wholes)


def counted(
    asked: Indicator, standing: Mapping[date, Freeze], months: Sequence[date], rules: RuleSet
) -> dict[date, tuple[int, int]]:
    """Part and whole of one indicator by month, of those months that are frozen, and the earlier ones they are held
    against; one statement."""
    part, whole, back = MEASURES[asked.measured]
    pairs = [
        (standing[month], standing.get(_earlier(month, back)))
        for month in months
        if month in standing and (not back or _earlier(month, back) in standing)
    ]
    given: dict[str, Any] = {
        "freezes": [now.pk for now, _ in pairs],
        "months": [now.month for now, _ in pairs],
        "earlier": [was.pk if was else None for _, was in pairs],
        "earlier_months": [was.month if was else None for _, was in pairs],
        "first_age": asked.first_age,
        "last_age": asked.last_age,
        "offers": [code for code, each in rules.guarantee_statuses.items() if each.family == OFFER_MADE],
        **{kind: list(codes) for kind, codes in asked.group.items()},
    }
    group = " and ".join(GROUPS[kind] for kind in asked.group) or "true"
    statement = STATEMENT.format(part=part, whole=whole, group=group, before=BEFORE if back else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found = {month: (int(some), int(all_of)) for month, some, all_of in cursor.fetchall()}
    return {now.month: found.get(now.month, (0, 0)) for now, _ in pairs}


def _earlier(month: date, back: int) -> date:
    then = ReportingMonth(month)
    for _ in range(back):
        then = then.before
    return then.ends_on


def months_that_do_not_add_up(authority_id: int, on: date) -> list[ReportingMonth]:
    """Where joiners less leavers less other exits is not the change of the NEET (R103). None is what has to be. Three
    statements at most."""
    freezes = [each for each in standing_freezes(authority_id) if each.month <= on]
    by_month = {each.month: each for each in freezes}
    pairs = [
        Pair(by_month[earlier], each) for each in freezes if (earlier := _earlier(each.month, 1)) in by_month
    ]
    counts = months_of(freezes, Chosen())
    return [
        ReportingMonth(month)
        for month, parts in sorted(moves_of(pairs, Chosen()).items())
        if not flow_of(parts, counts[_earlier(month, 1)], counts[month]).adds_up
    ]
