"""Taking in the national directory of postcodes, the names of its areas and estimates of the population, each file
whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.actions.places import save_places
from schools.models import District
from tracking.reconciling.kinds import Kind
from tracking.reconciling.models import Area, DirectoryFile
from tracking.reconciling.rules.directory import (
    CODE,
    NAME_LENGTH,
    NotTheDirectory,
    is_place_of_a_council,
    lies,
    names_in,
    places_of,
)
from tracking.reconciling.rules.estimates import Estimate

Rows = Iterable[tuple[int, Sequence[str]]]
ARRIVING = """
    create temp table lying (row int, postcode text, authority_code text, district_code text, ward_code text,
      ended_on date) on commit drop
"""
COPY = "copy lying (row, postcode, authority_code, district_code, ward_code, ended_on) from stdin"
# A row that stands there twice alike is one; told two ways, the file is wrong.
TOLD_TWICE = """
    select max(row) from lying group by postcode
    having count(distinct (authority_code, district_code, ward_code, ended_on)) > 1 order by 1 limit 1
"""
WRITE = """
    insert into tracking_postcode as p (postcode, authority_code, district_code, ward_code, ended_on)
    select distinct postcode, authority_code, district_code, ward_code, ended_on from lying
    on conflict (postcode) do update set authority_code = excluded.authority_code,
      district_code = excluded.district_code, ward_code = excluded.ward_code, ended_on = excluded.ended_on
    where (p.authority_code, p.district_code, p.ward_code, p.ended_on) is distinct from
      (excluded.authority_code, excluded.district_code, excluded.ward_code, excluded.ended_on)
"""
# A later file of a year replaces its figures; figures of other years stay.
ESTIMATED = """
    insert into tracking_populationestimate as t (area_code, year, age, people, file_id)
    select *, %s from unnest(%s::text[], %s::int[], %s::int[], %s::int[])
    on conflict (area_code, year, age) do update set people = excluded.people, file_id = excluded.file_id
    where t.people <> excluded.people
"""
CALLED = """
    insert into tracking_area as a (code, name) select * from unnest(%s::text[], %s::text[])
    on conflict (code) do update set name = excluded.name where a.name <> excluded.name
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a file held, and how many of them were new or different."""

    rows: int
    changed: int


def load_postcodes(*, name: str, headings: Sequence[str], rows: Rows, by: User | None) -> Loaded:
    """Take in the directory of postcodes. The same file again changes nothing. `rows` are (number, cells).

    Raises NotTheDirectory: with the row where one cannot be read, or tells of a postcode otherwise than another.
    """
    places = places_of(headings)
    with recorded(Kind.POSTCODES_LOADED, by=by) as event, connection.cursor() as cursor:
        cursor.execute(ARRIVING)
        taken = 0
        with cursor.copy(COPY) as copy:
            for number, cells in rows:
                try:
                    found = lies(cells, places)
                except NotTheDirectory as problem:
                    raise NotTheDirectory(f"Row {number} cannot be taken in: {problem}.") from None
                if found:
                    taken += 1
                    copy.write_row(
                        (number, found.postcode, found.authority_code, found.district_code, found.ward_code,
                         found.ended_on)
                    )  # fmt: skip
        changed = _lying(cursor, taken)
        done = _kept(DirectoryFile.Kind.POSTCODES, name, Loaded(taken, changed), by)
        event.counts = {"file": done.pk, "rows": taken, "changed": changed}
        cursor.execute("drop table lying")
    return Loaded(taken, changed)


def _lying(cursor, taken: int) -> int:
    if not taken:
        raise NotTheDirectory("The file holds no postcode.")
    cursor.execute("analyze lying")
    cursor.execute(TOLD_TWICE)
    if twice := cursor.fetchone():
        raise NotTheDirectory(
            f"Row {twice[0]} names a postcode that stands in another row with another place."
        )
    cursor.execute(WRITE)
    return int(cursor.rowcount)


def load_names(*, name: str, headings: Sequence[str], rows: Rows, by: User | None) -> Loaded:
    """Take in what areas are called; our districts of such a name that have no code yet get theirs. Raises
    NotTheDirectory."""
    code_at, name_at = names_in(headings)
    found: dict[str, str] = {}
    for number, cells in rows:
        code, called = (cells[at].strip() if at < len(cells) else "" for at in (code_at, name_at))
        if not CODE.fullmatch(code) or not called:
            raise NotTheDirectory(f"Row {number} needs a code of a letter and eight digits, and a name.")
        if found.setdefault(code, called) != called:
            raise NotTheDirectory(f"Row {number} gives a code that stands above with another name.")
    if not found:
        raise NotTheDirectory("The file holds no name.")
    with recorded(Kind.NAMES_LOADED, by=by) as event, connection.cursor() as cursor:
        cursor.execute(CALLED, [list(found), [each[:NAME_LENGTH] for each in found.values()]])
        done = Loaded(len(found), cursor.rowcount)
        file = _kept(DirectoryFile.Kind.NAMES, name, done, by)
        event.counts = {"file": file.pk, "rows": done.rows, "changed": done.changed}
        give_codes(by=by)
    return done


def give_codes(*, by: User | None) -> int:
    """Districts without a code get that of the one area that is called like them; how many did."""
    codes: dict[str, list[str]] = {}
    for area in Area.objects.filter(code__startswith="E0"):
        if is_place_of_a_council(area.code):
            codes.setdefault(area.name.casefold(), []).append(area.code)
    rows = []
    for district in District.objects.filter(ons_code=""):
        if len(found := codes.get(district.name.strip().casefold(), [])) == 1:
            district.ons_code = found[0]
            rows.append(district)
    return save_places(model=District, rows=rows, fields=["ons_code"], by=by) if rows else 0


def load_population(*, name: str, estimates: Sequence[Estimate], by: User | None) -> Loaded:
    """Take in estimates of the population. A later file of a year replaces that year's figures, and the same again
    changes nothing."""
    with recorded(Kind.POPULATION_LOADED, by=by) as event, connection.cursor() as cursor:
        file = _kept(DirectoryFile.Kind.POPULATION, name, Loaded(len(estimates), 0), by)
        columns = (
            [getattr(each, part) for each in estimates] for part in ("area_code", "year", "age", "people")
        )
        cursor.execute(ESTIMATED, [file.pk, *columns])
        file.changed = cursor.rowcount
        file.save(update_fields=["changed"])
        event.counts = {"file": file.pk, "rows": file.rows, "changed": file.changed}
    return Loaded(file.rows, file.changed)


def _kept(kind: str, name: str, done: Loaded, by: User | None) -> DirectoryFile:
    return DirectoryFile.objects.create(
        kind=kind, name=name[:200], rows=done.rows, changed=done.changed, loaded_by=by
    )
