"""A frozen month counted for its tables, and the tables as they were kept: what everybody is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import named
from tracking.figures.queries.tallies import Chosen, by_dimension, frozen
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.released.models import ReleasedCell, ReleasedTable
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts, share
from tracking.rules.released import COUNCIL, KINDS, NEET, NOT_KNOWN, TABLES, Line

ETHNICITY = "ethnicity"
SUMMED = tuple(slug for slug in TABLES if slug != ETHNICITY)
BY_ETHNICITY = """
    select ethnicity, count(*), count(*) filter (where status = 'NEET'), count(*) filter (where status = 'NOT_KNOWN')
    from tracking_monthrecord
    where freeze_id = %s and month = %s and is_measured and status <> 'EXCLUDED'
    group by ethnicity
"""
UNKNOWN = "Unknown"
EVERYBODY = "Everybody"


def council_of(counts: Counts) -> Line:
    """The council's own line."""
    return _line("", EVERYBODY, counts)


def lines_of(freeze: Freeze) -> tuple[Line, dict[str, list[Line]]]:
    """The council's line of a freeze, and the lines of each table, as they are. A handful of statements."""
    whole, parts = by_dimension(frozen({freeze.pk: freeze.month}), Chosen(), SUMMED)
    rules = ruleset(freeze.month)
    lines = {
        slug: [_line(part.slug, part.words, part.counts) for part in found if part.counts.cohort]
        for slug, found in named(parts, rules).items()
    }
    lines[ETHNICITY] = _by_family(freeze)
    return council_of(whole), {slug: lines[slug] for slug in TABLES}


def _line(part: str, words: str, counts: Counts) -> Line:
    return Line(part, words, int(counts.cohort), int(counts.neet), int(counts.not_known))


def _by_family(freeze: Freeze) -> list[Line]:
    """The groups ethnicities are reported in; a code nobody knows is of those unknown."""
    codes = ReferenceRow.objects.holding(freeze.month).filter(table="ethnicity_codes")
    families = {values["code"]: values["family"] for values in codes.values_list("values", flat=True)}
    sums: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BY_ETHNICITY, [freeze.pk, freeze.month])
        for code, *counts in cursor.fetchall():
            family = families.get(code, UNKNOWN)
            before = sums.get(family, [0, 0, 0])
            sums[family] = [one + other for one, other in zip(before, counts, strict=True)]
    return [
        Line(family.lower().replace(" ", "-"), "Not known" if family == UNKNOWN else family, *counts)
        for family, counts in sorted(sums.items(), key=lambda each: (each[0] == UNKNOWN, each[0]))
    ]


@dataclass(frozen=True)
class Shown:
    """One line as it is shown: None is a number held back. A share is shown only where all it is made of is."""

    part: str
    words: str
    values: Mapping[str, int | None]

    @property
    def cohort(self) -> int | None:
        return self.values[""]

    @property
    def neet(self) -> int | None:
        return self.values[NEET]

    @property
    def not_known(self) -> int | None:
        return self.values[NOT_KNOWN]

    @property
    def is_whole(self) -> bool:
        return None not in self.values.values()

    @property
    def neet_rate(self) -> float | None:
        return self._rate(self.neet)

    @property
    def not_known_rate(self) -> float | None:
        return self._rate(self.not_known)

    @property
    def together_rate(self) -> float | None:
        return self._rate((self.neet or 0) + (self.not_known or 0))

    def _rate(self, count: int | None) -> float | None:
        return share(count or 0, self.cohort or 0) if self.is_whole else None


@dataclass(frozen=True)
class Table:
    """One table as it is shown; the council's own line is its last."""

    slug: str
    words: str
    lines: Sequence[Shown]
    least: int

    @property
    def holds_back(self) -> bool:
        return not all(line.is_whole for line in self.lines)


@dataclass(frozen=True)
class Month:
    """All that everybody is shown of a frozen month."""

    freeze: Freeze
    council: Shown
    tables: Sequence[Table]
    least: int

    @property
    def month(self) -> ReportingMonth:
        return ReportingMonth(self.freeze.month)

    @property
    def has_figures(self) -> bool:
        return self.council.is_whole


def with_tables(authority_id: int) -> QuerySet[Freeze]:
    """The months that stand and whose tables are made, the newest first."""
    made = ReleasedTable.objects.filter(freeze=OuterRef("pk"))
    standing = Freeze.objects.filter(authority=authority_id, replaced_at__isnull=True)
    return standing.filter(Exists(made)).order_by("-month", "-pk")


def without_tables() -> QuerySet[Freeze]:
    """Every month that stands and whose tables are not yet made."""
    made = ReleasedTable.objects.filter(freeze=OuterRef("pk"))
    return Freeze.objects.filter(~Exists(made), replaced_at__isnull=True).order_by("month", "pk")


def month_of(freeze: Freeze) -> Month:
    """What was kept of a freeze, and nothing that would have to be counted. Two statements."""
    kept = list(ReleasedTable.objects.filter(freeze=freeze).order_by("pk"))
    cells = ReleasedCell.objects.filter(table__in=kept).order_by("table_id", "place", "pk")
    lines = lines_kept(cells)
    shown = {each.slug: _table(each, lines.get(each.pk, [])) for each in kept}
    council = shown.pop(COUNCIL)
    tables = [shown[slug] for slug in TABLES if slug in shown]
    return Month(freeze, council.lines[0], tables, council.least)


def lines_kept(cells: Iterable[ReleasedCell]) -> dict[int, list[Shown]]:
    """The lines of each table, by its number, of cells that come table by table."""
    return {table: _lines(found) for table, found in groupby(cells, key=lambda cell: cell.table_id)}


def councils_of(freezes: Iterable[Freeze]) -> dict[int, Shown]:
    """The council's own line of each of these freezes, as it was kept; one statement."""
    cells = ReleasedCell.objects.filter(table__freeze__in=list(freezes), table__slug=COUNCIL)
    found = cells.order_by("table_id", "place", "pk").select_related("table")
    return {freeze: _lines(line)[0] for freeze, line in groupby(found, key=lambda cell: cell.table.freeze_id)}


def _table(kept: ReleasedTable, lines: Sequence[Shown]) -> Table:
    return Table(kept.slug, TABLES.get(kept.slug, ""), lines, kept.least)


def _lines(cells: Iterable[ReleasedCell]) -> list[Shown]:
    """Lines of cells in their order."""
    lines: dict[str, dict[str, int | None]] = {}
    words: dict[str, str] = {}
    for cell in cells:
        lines.setdefault(cell.part, {})[cell.kind] = cell.value
        words[cell.part] = cell.words
    return [Shown(part, words[part], values) for part, values in lines.items()]


HEADINGS = ("month", "by", "part", *(kind or "everybody" for kind in KINDS))
MARK = "not shown"


def rows(found: Month) -> list[tuple[str | int, ...]]:
    """The same as lines of a file; one word stands for every number held back."""
    whole = [("council", found.council)] if found.has_figures else []
    lines = [(table.words, line) for table in found.tables for line in table.lines if line.part]
    return [
        (
            found.month.slug,
            by,
            line.words,
            *(MARK if (value := line.values[kind]) is None else value for kind in KINDS),
        )
        for by, line in [*whole, *lines]
    ]
