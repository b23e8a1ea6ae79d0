"""Any two dimensions crossed, for one month or month by month, as far as somebody's rights to records reach."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of
from tracking.exploring.models import SavedCut
from tracking.figures.models import Freeze
from tracking.figures.queries.remembered import Remembered
from tracking.figures.queries.scorecard import (
    NoSuchMonth,
    Part,
    asked_today,
    key_of,
    named,
    slug_of,
    standing_freezes,
)
from tracking.figures.queries.tallies import DIMENSIONS, SUMS, Chosen, Key, Nowhere, Source, frozen, live
from tracking.reference.queries import ruleset
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts, total

MONTH = "month"
MONTHS_SHOWN = 24
ALL = "*"  # the part that is the whole
REMEMBERED = Remembered(5_000)  # a month's rows each
Cells = dict[tuple[str, str], Counts]


@dataclass(frozen=True)
class Reach:
    """Whose records somebody may open in a council: everybody's, or those of some districts and services."""

    districts: tuple[int, ...] | None = None
    services: tuple[int, ...] | None = None

    def condition(self, alias: str, parameters: dict[str, Any]) -> str:
        """The condition in SQL on a record or sum of that alias; what it asks is put among the parameters."""
        if self.districts is None or self.services is None:
            return "true"
        parameters |= {"reach_districts": list(self.districts), "reach_services": list(self.services)}
        return (
            f"({alias}.district_id = any(%(reach_districts)s::bigint[])"
            f" or {alias}.service_id = any(%(reach_services)s::bigint[]))"
        )


def reach_of(user: User, authority_id: int) -> Reach | None:
    """How far somebody may cut figures freely: as far as they may open records without stating a reason each
    time. None: not at all."""
    places = [
        place
        for place in scope_of(user).where(Permission.FIGURES_READ)
        if place.authority_id == authority_id and place.role not in STATES_A_REASON
    ]
    if not places:
        return None
    if any(place.district_id is None and place.service_id is None for place in places):
        return Reach()
    return Reach(
        tuple(sorted({place.district_id for place in places if place.district_id})),
        tuple(sorted({place.service_id for place in places if place.service_id})),
    )


def kept_cuts(user: User, authority_id: int) -> QuerySet[SavedCut]:
    """The cuts somebody kept in a council, and those colleagues share there."""
    open_to = Q(owner=user.pk) | Q(is_shared=True)
    return SavedCut.objects.filter(open_to, authority=authority_id).select_related("owner")


@dataclass(frozen=True)
class Cut:
    """What is asked: a month (None: the one in progress), what stands in the rows, what in the columns (a dimension,
    the months, or nothing), what it is narrowed to, and how far it may reach."""

    month: ReportingMonth | None
    rows: str
    columns: str
    chosen: Chosen
    reach: Reach


@dataclass(frozen=True)
class Crossing:
    """A cut with its counts by row and column; the whole of a row, a column or both stands under ALL. Month by month
    a row has no whole."""

    cut: Cut
    month: ReportingMonth
    freeze: Freeze | None
    rows: Sequence[Part]
    columns: Sequence[Part]
    cells: Mapping[tuple[str, str], Counts]

    @property
    def is_by_month(self) -> bool:
        return self.cut.columns == MONTH

    @property
    def whole(self) -> Counts:
        """Everybody in the cut; month by month, in its last month."""
        return self.at(ALL, self.month.slug if self.is_by_month else ALL)

    def at(self, row: str, column: str) -> Counts:
        """The counts where a row and a column meet."""
        return self.cells.get((row, column), Counts())


def crossed(authority_id: int, cut: Cut) -> Crossing:
    """The counts of a cut. Raises NoSuchMonth. Five statements at most, one or two more where something happened since
    the month in progress was last read."""
    today = clock.today()
    running = ReportingMonth.of(today)
    month = cut.month or running
    freezes = [each for each in standing_freezes(authority_id) if each.month <= month.ends_on]
    freeze = next((each for each in freezes if each.month == month.ends_on), None)
    if freeze is None and month != running:
        raise NoSuchMonth
    now = None if freeze else live(asked_today(authority_id, today))
    if cut.columns == MONTH:
        cells = _by_month(freezes, now, cut, month)
    else:
        source = now or frozen({each.pk: each.month for each in freezes[:1]})
        cells = _cells(source, cut, DIMENSIONS.get(cut.columns))
    return _made(cut, month, freeze, cells)


def _by_month(freezes: Sequence[Freeze], now: Source | None, cut: Cut, month: ReportingMonth) -> Cells:
    """The counts by row and month; a month's slug is its column."""
    shown = freezes[: MONTHS_SHOWN - (now is not None)]
    cells: Cells = {}
    for end, rows in _rows_of(shown, cut).items():
        slug = ReportingMonth(end).slug
        cells |= {(row, slug): counts for row, counts in rows.items()}
        cells[(ALL, slug)] = total(rows.values())
    if now:
        cells |= {(row, month.slug): counts for (row, _), counts in _cells(now, cut, None).items()}
    return cells


def _rows_of(freezes: Sequence[Freeze], cut: Cut) -> dict[date, dict[str, Counts]]:
    """The rows of each of these frozen months; one statement for those not asked for before: they never change."""
    asked = (cut.rows, frozenset(cut.chosen.keys.items()), cut.chosen.rule, cut.reach)
    keys: dict[Hashable, Freeze] = {(each.pk, each.digest, *asked): each for each in freezes}
    known = REMEMBERED.known(list(keys))
    missing = {key: each for key, each in keys.items() if key not in known}
    if missing:
        source = frozen({each.pk: each.month for each in missing.values()})
        answers: dict[Hashable, dict[str, Counts]] = {key: {} for key in missing}
        by_slug = {ReportingMonth(each.month).slug: key for key, each in missing.items()}
        for (row, slug), counts in _cells(source, cut, MONTH).items():
            answers[by_slug[slug]][row] = counts
        REMEMBERED.keep(answers)
        known |= answers
    return {each.month: known[key] for key, each in keys.items()}


def _cells(source: Source, cut: Cut, column: str | None) -> Cells:
    """The counts by row and column, and of the wholes, in one statement over the small sums."""
    parameters = dict(source.parameters)
    here = f"{cut.chosen.condition('t', parameters)} and {cut.reach.condition('t', parameters)}"
    row, across = DIMENSIONS[cut.rows], column or "null::int"
    sets = {None: f"({row}), ()", MONTH: f"({row}, {column})"}.get(column, f"cube ({row}, {column})")
    whole = f"grouping({row}), {'1' if column is None else f'grouping({column})'}"
    statement = (
        f"select {whole}, {row}, {across}, {SUMS} from ({source.sums(cut.chosen, parameters)}) as t where {here}"
        f" group by grouping sets ({sets})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    return {
        (ALL if every_row else slug_of(cut.rows, at), ALL if every_column else _column(cut, by)): Counts(
            *sums
        )
        for every_row, every_column, at, by, *sums in found
    }


def _column(cut: Cut, key: Any) -> str:
    return ReportingMonth(key).slug if cut.columns == MONTH else slug_of(cut.columns, key)


def _made(cut: Cut, month: ReportingMonth, freeze: Freeze | None, cells: Cells) -> Crossing:
    """With words for its rows and columns; what counts nobody is left out."""
    keys = {cut.rows: 0, **({cut.columns: 1} if cut.columns in DIMENSIONS else {})}
    sums: dict[str, dict[Key, Counts]] = {name: {} for name in keys}
    for name, side in keys.items():
        for at, counts in cells.items():
            if at[side] != ALL and (at[1 - side] == ALL or cut.columns == MONTH):
                key = _key(name, at[side])
                sums[name][key] = total([sums[name].get(key, Counts()), counts])
    parts = named(sums, ruleset(month.ends_on))
    columns = _months(cells) if cut.columns == MONTH else parts.get(cut.columns, ())
    return Crossing(cut, month, freeze, parts[cut.rows], columns, cells)


def _key(name: str, slug: str) -> Key:
    """What a slug stands for, None for those without one."""
    key = key_of(name, slug)
    return None if isinstance(key, Nowhere) else key


def _months(cells: Cells) -> list[Part]:
    """The months there are, oldest first."""
    found = sorted({column for _, column in cells})
    return [
        Part(slug, f"{month.ends_on:%b %Y}", cells.get((ALL, slug), Counts()))
        for slug, month in ((slug, ReportingMonth.read(slug)) for slug in found)
    ]
