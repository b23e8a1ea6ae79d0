"""What all parts of a report are made from: the month, the month before and the same month a year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from caseload.reports.queries.places import Whom
from neet import clock
from schools.models import Authority
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import Scorecard, asked_today, scorecard, slug_of
from tracking.figures.queries.tallies import SUMS, Chosen, Key, Source, by_dimension, frozen, live
from tracking.reference.queries import ruleset
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts
from tracking.rules.ruleset import RuleSet

Parts = Mapping[str, Mapping[str, Counts]]


@dataclass(frozen=True)
class Earlier:
    """A month gone by: its whole, and its parts by cut and slug; None for each where it was not frozen."""

    month: ReportingMonth
    counts: Counts | None
    parts: Parts


@dataclass(frozen=True)
class Material:
    """A council's month of one place, with what it is held against. `day` is the day it counts on, `known_at` the
    moment of what it knows."""

    authority: Authority
    whom: Whom
    card: Scorecard
    before: Earlier
    year_before: Earlier
    source: Source
    day: date
    known_at: datetime
    rules: RuleSet

    @property
    def month(self) -> ReportingMonth:
        return self.card.month

    @property
    def chosen(self) -> Chosen:
        return self.card.chosen

    @property
    def state(self) -> str:
        """How its figures stand, in words."""
        freeze = self.card.freeze
        if freeze is None:
            return f"As the register stood on {self.day.day} {self.day:%B %Y}; the month goes on"
        if freeze.by_timer:
            return "As known when the month ended"
        return "Frozen, signed off" if freeze.closed_at else "Frozen"


def material(authority: Authority, month: ReportingMonth, whom: Whom) -> Material:
    """The month with what it is held against. Raises NoSuchMonth where it was not frozen and does not go on. As many
    statements for a county as for a village."""
    today = clock.today()
    card = scorecard(authority.pk, month, whom.chosen)
    freezes = {ReportingMonth(each.month): each for each in card.freezes}
    year_before = ReportingMonth.of(month.starts_on.replace(year=month.starts_on.year - 1))
    freeze = card.freeze
    source = frozen({freeze.pk: freeze.month}) if freeze else live(asked_today(authority.pk, today))
    return Material(
        authority=authority,
        whom=whom,
        card=card,
        before=_earlier(month.before, freezes.get(month.before), whom.chosen),
        year_before=_earlier(year_before, freezes.get(year_before), whom.chosen),
        source=source,
        day=month.ends_on if freeze else today,
        known_at=freeze.frozen_at if freeze else clock.now(),
        rules=ruleset(month.ends_on),
    )


def _earlier(month: ReportingMonth, freeze: Freeze | None, chosen: Chosen) -> Earlier:
    if freeze is None:
        return Earlier(month, None, {})
    counts, found = by_dimension(frozen({freeze.pk: freeze.month}), chosen)
    parts = {name: {slug_of(name, key): each for key, each in keyed.items()} for name, keyed in found.items()}
    return Earlier(month, counts, parts)


def counted(
    made_of: Material, key: str, joins: str = "", only: str = "true", of: str = "", **more: Any
) -> Mapping[Key, Counts]:
    """Cohort, NEET and not known of everybody measured, by an expression over their record `r`, of the month's
    records or of what stands in their place; one statement. What `joins` and `only` add may ask for %(day)s,
    %(known_at)s and `more`."""
    asked: dict[str, Any] = {
        **made_of.source.parameters, "day": made_of.day, "known_at": made_of.known_at, **more,
    }  # fmt: skip
    here = made_of.chosen.condition("r", asked)
    statement = f"""
        select {key}, count(*), count(*) filter (where r.status <> 'EXCLUDED'),
          count(*) filter (where r.status = 'NEET'), count(*) filter (where r.status = 'NOT_KNOWN')
        from ({of or made_of.source.records}) as r {joins}
        where r.is_measured and {here} and {only} group by 1 order by 1
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return {row[0]: Counts(*row[1:]) for row in cursor.fetchall()}


def months_by(
    made_of: Material, column: str, freezes: Sequence[Freeze]
) -> Mapping[int, Mapping[date, Counts]]:
    """The frozen months of each part of a cut, by its key; one statement over the small table."""
    source = frozen({each.pk: each.month for each in freezes})
    asked: dict[str, Any] = dict(source.parameters)
    here = made_of.chosen.condition("t", asked)
    statement = (
        f"select t.{column}, t.month, {SUMS} from ({source.tallies}) as t"
        f" where {here} and t.{column} is not null group by 1, 2 order by 1, 2"
    )
    found: dict[int, dict[date, Counts]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        for key, month, *sums in cursor.fetchall():
            found.setdefault(key, {})[month] = Counts(*sums)
    return found
