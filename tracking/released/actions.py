"""Making a frozen month's tables, once."""

from collections.abc import Iterator

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.figures.actions import keep_wards
from tracking.figures.models import Freeze
from tracking.reference.queries import ruleset
from tracking.released.kinds import Kind
from tracking.released.models import ReleasedCell, ReleasedTable
from tracking.released.queries import lines_of
from tracking.released.queries_wards import SLUG, shown_districts, ward_lines
from tracking.rules import released
from tracking.rules.released import COUNCIL, METHOD, Line
from tracking.rules.suppression import LEAST, Cell, primary

LIMIT = "least_shown"


def make_tables(*, freeze: Freeze, by: User | None) -> int:
    """Count a freeze's tables and keep them with what is held back; how many. What is made is never made anew: the
    same number is never shown one way today and another tomorrow (R22).

    Of a council so small that its own line says something of few people, that line alone is kept, all of it held back.
    """
    with recorded(Kind.MADE, by=by, authority_id=freeze.authority_id) as event:
        Freeze.objects.select_for_update().get(pk=freeze.pk)
        made = [] if freeze.released_tables.exists() else _make(freeze)
        event.counts = {"freeze": freeze.pk, "tables": len(made)}
    return len(made)


def make_ward_tables(*, freeze: Freeze, by: User | None) -> int:
    """Count each district's wards and keep them with what is held back; how many districts (R107).

    A ward lies inside a district, whose own line everybody is shown: what of the wards is held back, is held back
    against that line standing. Of a district that is not shown whole, no ward is shown. What is made is never made
    anew; without a directory of postcodes nothing is made yet.
    """
    with recorded(Kind.MADE, by=by, authority_id=freeze.authority_id) as event:
        Freeze.objects.select_for_update().get(pk=freeze.pk)
        is_made = freeze.released_tables.filter(slug__startswith=SLUG).exists()
        made = [] if is_made else _make_wards(freeze)
        event.counts = {"freeze": freeze.pk, "tables": len(made)}
    return len(made)


def _make_wards(freeze: Freeze) -> list[ReleasedTable]:
    keep_wards(freeze=freeze)
    whole = shown_districts(freeze)
    lines = {slug: each for slug, each in ward_lines(freeze).items() if slug in whole}
    least = ruleset(freeze.month).limits.get(LIMIT, LEAST)
    # The first holds no number: it says that the wards were made, also where nothing of them may be shown.
    made = ReleasedTable.objects.bulk_create(
        ReleasedTable(freeze=freeze, slug=slug, least=least, method=METHOD) for slug in (SLUG, *sorted(lines))
    )
    ReleasedCell.objects.bulk_create(
        cell for table in made[1:] for cell in _cells(table, whole[table.slug], lines[table.slug])
    )
    return made


def _make(freeze: Freeze) -> list[ReleasedTable]:
    council, tables = lines_of(freeze)
    least = ruleset(freeze.month).limits.get(LIMIT, LEAST)
    whole = {COUNCIL: [council]}
    kept = {**whole, **tables} if released.council_may_be_shown(council, least) else whole
    made = ReleasedTable.objects.bulk_create(
        ReleasedTable(freeze=freeze, slug=slug, least=least, method=METHOD) for slug in kept
    )
    ReleasedCell.objects.bulk_create(
        cell for table in made for cell in _cells(table, council, kept[table.slug])
    )
    return made


def _cells(table: ReleasedTable, council: Line, lines: list[Line]) -> Iterator[ReleasedCell]:
    """Every number of a table, the council's own line last."""
    counted = released.counted([council] if table.slug == COUNCIL else lines)
    few = primary(counted, table.least)
    if table.slug == COUNCIL:
        shown = released.council_may_be_shown(council, table.least)
        hidden: set[Cell] = set() if shown else set(counted.cells)
        yield from _line(table, council, 0, hidden, few)
        return
    hidden = released.hidden(lines, table.least)
    for place, line in enumerate(lines):
        yield from _line(table, line, place, hidden, few)
    yield from _line(table, council, len(lines), set(), few)


def _line(
    table: ReleasedTable, line: Line, place: int, hidden: set[Cell], few: set[Cell]
) -> Iterator[ReleasedCell]:
    for kind, count in {**line.by_kind, "": line.cohort}.items():
        cell = (line.part, kind or None)
        why = ReleasedCell.Why.FEW if cell in few else ReleasedCell.Why.BESIDE
        held = cell in hidden
        yield ReleasedCell(
            table=table,
            place=place,
            part=line.part,
            words=line.words,
            kind=kind,
            value=None if held else count,
            why=why if held else ReleasedCell.Why.SHOWN,
        )
