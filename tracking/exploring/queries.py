"""Any two dimensions crossed, for one month or month by month, as far as somebody's rights to records reach."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from neet import clock
from neet.accounts.models import User
from tracking.exploring.models import SavedCut
from tracking.exploring.rules import Measure
from tracking.figures.models import Freeze
from tracking.figures.queries.flows import Crossed, Pair, moved
from tracking.figures.queries.records import Asked
from tracking.figures.queries.remembered import Remembered
from tracking.figures.queries.scorecard import (
    WORDS,
    NoSuchMonth,
    Part,
    asked_today,
    key_of,
    named,
    slug_of,
    standing_freezes,
)
from tracking.figures.queries.tallies import COLUMNS, SUMS, WARD, Chosen, Key, Nowhere, Source, frozen, live
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts, Moves, total

MONTH = "month"
CUT_BY: Mapping[str, str] = {**WORDS, WARD: "Ward they live in"}
MONTHS_SHOWN = 24
ALL = "*"  # the part that is the whole
REMEMBERED = Remembered(5_000)  # a month's rows each
MOVES = Remembered(5_000)
Cells = dict[tuple[str, str], Counts]
Moving = dict[tuple[str, str], Moves]


def kept_cuts(user: User, authority_id: int) -> QuerySet[SavedCut]:
    """The cuts somebody kept in a council, and those colleagues share there."""
    open_to = Q(owner=user.pk) | Q(is_shared=True)
    return SavedCut.objects.filter(open_to, authority=authority_id).select_related("owner")


@dataclass(frozen=True)
class Cut:
    """What is asked: a month (None: the one in progress), what stands in the rows, what in the columns (a dimension,
    the months, or nothing), what it is narrowed to, its reader's reach among it, and of which status those who came and
    went are counted too."""

    month: ReportingMonth | None
    rows: str
    columns: str
    chosen: Chosen
    moving: Status | None = None


@dataclass(frozen=True)
class Crossing:
    """A cut with its counts by row and column; the whole of a row, a column or both stands under ALL. Month by month
    a row has no whole. Of months whose month before was not kept nobody knows who came and went: they are `unmoved`."""

    cut: Cut
    month: ReportingMonth
    freeze: Freeze | None
    rows: Sequence[Part]
    columns: Sequence[Part]
    cells: Mapping[tuple[str, str], Counts]
    moves: Mapping[tuple[str, str], Moves]
    unmoved: frozenset[str] = frozenset()

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

    def value(self, measure: Measure, row: str, column: str) -> float | None:
        """What a measure is where a row and a column meet; None where there is nothing it could be of."""
        if measure.moves is None:
            return measure.value(self.at(row, column))
        moves = self.moved(row, column)
        return None if moves is None else measure.moves(moves)

    def moved(self, row: str, column: str) -> Moves | None:
        """Who came and went where a row and a column meet; None where the month before was not kept."""
        is_unknown = (column if self.is_by_month else ALL) in self.unmoved
        return None if is_unknown else self.moves.get((row, column), Moves())

    def value_of(self, measure: Measure, row: str) -> float | None:
        """What a measure is of a row; month by month, in the last month."""
        return self.value(measure, row, self.month.slug if self.is_by_month else ALL)


def crossed(authority_id: int, cut: Cut) -> Crossing:
    """The counts of a cut. Raises NoSuchMonth. Five statements at most, two more where it asks who came and went, one
    or two where something happened since the month in progress was last read."""
    today = clock.today()
    running = ReportingMonth.of(today)
    month = cut.month or running
    freezes = [each for each in standing_freezes(authority_id) if each.month <= month.ends_on]
    freeze = next((each for each in freezes if each.month == month.ends_on), None)
    if freeze is None and month != running:
        raise NoSuchMonth
    asked = None if freeze else asked_today(authority_id, today)
    now = live(asked) if asked else None
    if cut.columns == MONTH:
        cells = _by_month(freezes, now, cut, month)
    else:
        source = now or frozen({each.pk: each.month for each in freezes[:1]})
        cells = _cells(source, cut, COLUMNS.get(cut.columns))
    made = _made(cut, month, freeze, cells)
    return _with_moves(made, cut.moving, freezes, asked) if cut.moving else made


def _with_moves(made: Crossing, status: Status, freezes: Sequence[Freeze], now: Asked | None) -> Crossing:
    """With who came to a status and who left it."""
    by_end = {ReportingMonth(each.month): each for each in freezes}
    wanted = [ReportingMonth.read(each.slug) for each in made.columns] if made.is_by_month else [made.month]
    told = {month for month in wanted if month.before in by_end}
    found: Moving = {}
    pairs = [Pair(by_end[month.before], by_end[month]) for month in sorted(told) if month in by_end]
    if pairs:
        found |= _moves_of(pairs, None, made.cut, status)
    if now and made.month in told:
        found |= _moves_of([Pair(by_end[made.month.before])], now, made.cut, status)
    unmoved = [month.slug if made.is_by_month else ALL for month in wanted if month not in told]
    return replace(made, moves=found, unmoved=frozenset(unmoved))


def _moves_of(pairs: Sequence[Pair], now: Asked | None, cut: Cut, status: Status) -> Moving:
    """Who came and went by row and column; what is known of frozen months is not asked again."""
    asked = (
        status,
        cut.rows,
        cut.columns,
        frozenset(cut.chosen.keys.items()),
        cut.chosen.rule,
        cut.chosen.reach,
    )
    held = [each.content for pair in pairs for each in (pair.before, pair.after) if each]
    key = None if now else (*held, *asked)
    known = MOVES.known([key]) if key else {}
    if key in known:
        return known[key]
    across = cut.columns if cut.columns in COLUMNS else None
    found: Moving = {}
    by = Crossed(status, cut.rows, across, by_month=cut.columns == MONTH)
    for (month, all_rows, all_columns, at, over), moves in moved(pairs, now, cut.chosen, by).items():
        if all_columns or across:
            row = ALL if all_rows else slug_of(cut.rows, at)
            column = ALL if all_columns else slug_of(cut.columns, over)
            found[row, ReportingMonth(month).slug if by.by_month else column] = moves
    if key:
        MOVES.keep({key: found})
    return found


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
    asked = (cut.rows, frozenset(cut.chosen.keys.items()), cut.chosen.rule, cut.chosen.reach)
    keys: dict[Hashable, Freeze] = {(*each.content, *asked): each for each in freezes}
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
    here = cut.chosen.condition("t", parameters)
    row, across = COLUMNS[cut.rows], column or "null::int"
    sets = {None: f"({row}), ()", MONTH: f"({row}, {column})"}.get(column, f"cube ({row}, {column})")
    whole = f"grouping({row}), {'1' if column is None else f'grouping({column})'}"
    sums = source.sums(cut.chosen, parameters, by_ward=WARD in (cut.rows, cut.columns))
    statement = (
        f"select {whole}, {row}, {across}, {SUMS} from ({sums}) as t where {here}"
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
    keys = {cut.rows: 0, **({cut.columns: 1} if cut.columns in COLUMNS else {})}
    sums: dict[str, dict[Key, Counts]] = {name: {} for name in keys}
    for name, side in keys.items():
        for at, counts in cells.items():
            if at[side] != ALL and (at[1 - side] == ALL or cut.columns == MONTH):
                key = _key(name, at[side])
                sums[name][key] = total([sums[name].get(key, Counts()), counts])
    parts = named(sums, ruleset(month.ends_on))
    columns = _months(cells) if cut.columns == MONTH else parts.get(cut.columns, ())
    return Crossing(cut, month, freeze, parts[cut.rows], columns, cells, {})


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
