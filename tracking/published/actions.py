"""Taking in what the DfE published, and who is compared with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.published.kinds import Kind
from tracking.published.models import Neighbour, PublishedFile
from tracking.published.rules import CODES, NotPublished, figures

# A year's figure is replaced by a later file's; what that file does not hold of it stays.
WRITE = """
    insert into tracking_publishedfigure as t
      (year, measure, code, name, region, value, whole, change, quintile, mark, file_id)
    select distinct on (year, measure, code) year, measure, code, name, region, value, whole, change, quintile, mark, %s
    from published order by year, measure, code, place desc
    on conflict (year, measure, code) do update set
      name = excluded.name, region = coalesce(nullif(excluded.region, ''), t.region),
      value = coalesce(excluded.value, t.value), whole = coalesce(excluded.whole, t.whole),
      change = coalesce(excluded.change, t.change), quintile = coalesce(excluded.quintile, t.quintile),
      mark = case when coalesce(excluded.value, t.value) is null then excluded.mark else '' end,
      file_id = excluded.file_id
"""
ARRIVING = """
    create temp table published (place int generated always as identity, year int, measure text, code text, name text,
      region text, value float8, whole float8, change float8, quintile int, mark text) on commit drop
"""
COPY = "copy published (year, measure, code, name, region, value, whole, change, quintile, mark) from stdin"
NEEDED = ("set", "la_code", "neighbour", "place")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it: how many figures, of which years."""

    figures: int
    years: tuple[int, ...]


def load_published(
    *, name: str, headings: Iterable[str], lines: Iterable[Mapping[str, str]], by: User | None
) -> Loaded:
    """Take in a file of published figures, whole or not at all. The same file again changes nothing but when it was
    taken in. Raises NotPublished."""
    found = list(figures(headings, lines))
    if not found:
        raise NotPublished(
            "The file holds no figure we know: none of its measures is one of the scorecard's."
        )
    years = tuple(sorted({each.year for each in found}))
    with recorded(Kind.LOADED, by=by) as event, connection.cursor() as cursor:
        file = PublishedFile.objects.create(
            name=name[:200], years=", ".join(map(str, years)), figures=len(found), loaded_by=by
        )
        cursor.execute(ARRIVING)
        with cursor.copy(COPY) as copy:
            for each in found:
                copy.write_row(
                    (each.year, each.measure, each.code, each.name[:80], each.region[:40], each.value, each.whole,
                     each.change, each.quintile, each.mark)
                )  # fmt: skip
        cursor.execute(WRITE, [file.pk])
        event.counts = {"file": file.pk, "figures": len(found)}
        cursor.execute("drop table published")
    return Loaded(len(found), years)


def load_neighbours(*, headings: Iterable[str], lines: Iterable[Mapping[str, str]], by: User | None) -> int:
    """Take in sets of neighbours (columns set, la_code, neighbour, place): a set in the file replaces the one of its
    name. How many pairs. Raises NotPublished."""
    if missing := [each for each in NEEDED if each not in set(headings)]:
        raise NotPublished(f"The file lacks the columns {', '.join(missing)}.")
    pairs = {}
    for number, line in enumerate(lines, 2):
        name, code, other, place = (line[each].strip() for each in NEEDED)
        if not (name and CODES.fullmatch(code) and CODES.fullmatch(other) and place.isdigit()):
            raise NotPublished(f"Row {number} needs a set, two DfE numbers of three digits and a place.")
        pairs[name, code, other] = Neighbour(set=name[:60], code=code, neighbour=other, place=int(place))
    with recorded(Kind.NEIGHBOURS_LOADED, by=by) as event:
        Neighbour.objects.filter(set__in={name[:60] for name, _, _ in pairs}).delete()
        Neighbour.objects.bulk_create(pairs.values(), batch_size=2000)
        event.counts = {"pairs": len(pairs)}
    return len(pairs)
