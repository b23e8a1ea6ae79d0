"""The wards of each district in a frozen month, counted once, and as they were kept: where most are NEET (R107)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from schools.models import District
from tracking.figures.models import Freeze
from tracking.figures.queries.wards import names_of
from tracking.reconciling.models import Postcode
from tracking.released.models import ReleasedCell, ReleasedTable
from tracking.released.queries import Shown, lines_kept, month_of
from tracking.rules.months import ReportingMonth
from tracking.rules.released import KINDS, Line

SLUG = "ward-"
UNKNOWN, NO_WARD = "none", "No ward known"
BY_WARD = """
    select r.district_id, coalesce(r.ward_code, ''), count(*),
      count(*) filter (where r.status = 'NEET'), count(*) filter (where r.status = 'NOT_KNOWN')
    from tracking_monthrecord r
    where r.freeze_id = %(freeze)s and r.month = %(day)s and r.is_measured and r.status <> 'EXCLUDED'
      and r.district_id is not null
    group by 1, 2 order by 1, 2
"""


def slug_of(district_id: int) -> str:
    return f"{SLUG}{district_id}"


def ward_lines(freeze: Freeze) -> Mapping[str, list[Line]]:
    """The wards of each district as they are, those without a known ward among them, so that they add up to the
    district's line; none while no postcode has a ward. Two statements."""
    asked: dict[str, Any] = {"freeze": freeze.pk, "day": freeze.month}
    with connection.cursor() as cursor:
        cursor.execute(BY_WARD, asked)
        rows = cursor.fetchall()
    names = names_of({ward for _, ward, *_ in rows if ward})
    found: dict[str, list[Line]] = defaultdict(list)
    for district, ward, *counts in rows:
        words = names.get(ward, ward) if ward else NO_WARD
        found[slug_of(district)].append(Line(ward or UNKNOWN, words, *counts))
    return {slug: lines for slug, lines in found.items() if any(line.part != UNKNOWN for line in lines)}


def shown_districts(freeze: Freeze) -> Mapping[str, Line]:
    """The line of each district whose every number everybody is shown; two statements."""
    tables = {table.slug: table for table in month_of(freeze).tables}
    lines = tables["district"].lines if "district" in tables else []
    return {
        slug_of(int(each.part)): Line("", each.words, each.cohort or 0, each.neet or 0, each.not_known or 0)
        for each in lines
        if each.is_whole and each.part.isdecimal()
    }


def without_wards() -> QuerySet[Freeze]:
    """Months that stand and have their tables, but not those of their wards; none before postcodes have wards."""
    if not Postcode.objects.exclude(ward_code="").exists():
        return Freeze.objects.none()
    tables = ReleasedTable.objects.filter(freeze=OuterRef("pk"))
    made = Exists(tables.filter(slug="district")) & ~Exists(tables.filter(slug__startswith=SLUG))
    return Freeze.objects.filter(made, replaced_at__isnull=True).order_by("month", "pk")


def with_wards(authority_id: int) -> QuerySet[Freeze]:
    """The months whose wards can be shown, the newest first."""
    made = ReleasedTable.objects.filter(freeze=OuterRef("pk"), slug__startswith=SLUG)
    standing = Freeze.objects.filter(authority=authority_id, replaced_at__isnull=True)
    return standing.filter(Exists(made)).order_by("-month", "-pk")


@dataclass(frozen=True)
class Hotspot:
    """A ward as it is shown, with its district."""

    district: str
    line: Shown
    district_id: int


@dataclass(frozen=True)
class Hotspots:
    """The wards of a month: those with most NEET first, then those whose number is held back, by name."""

    freeze: Freeze
    wards: Sequence[Hotspot]
    least: int

    @property
    def month(self) -> ReportingMonth:
        return ReportingMonth(self.freeze.month)


def hotspots(freeze: Freeze) -> Hotspots:
    """What was kept of a month's wards, and nothing that would have to be counted. Three statements."""
    tables = list(ReleasedTable.objects.filter(freeze=freeze, slug__startswith=SLUG).order_by("pk"))
    names = {slug_of(each.pk): each.name for each in District.objects.filter(authority=freeze.authority_id)}
    cells = ReleasedCell.objects.filter(table__in=tables).exclude(part="").order_by("table_id", "place", "pk")
    kept = lines_kept(cells)
    wards = [
        Hotspot(names.get(table.slug, ""), line, int(table.slug.removeprefix(SLUG)))
        for table in tables
        if any(value is not None for line in kept.get(table.pk, ()) for value in line.values.values())
        for line in kept[table.pk]
    ]
    wards.sort(key=_rank)
    return Hotspots(freeze, wards, tables[0].least if tables else 0)


def _rank(each: Hotspot) -> tuple[bool, int, str, str]:
    return each.line.neet is None, -(each.line.neet or 0), each.line.words, each.district


HEADINGS = ("month", "ward", "district", *(kind or "everybody" for kind in KINDS))
MARK = "not shown"


def rows(found: Hotspots) -> list[tuple[str | int, ...]]:
    """The same as lines of a file; one word stands for every number held back."""
    return [
        (
            found.month.slug,
            each.line.words,
            each.district,
            *(MARK if (value := each.line.values[kind]) is None else value for kind in KINDS),
        )
        for each in found.wards
    ]
