"""What a merge did to each row, told by comparing all rows of both records before and after it; and how that is put
back where nobody changed it since."""

import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tracking.merging.models import Merge, MergeMove
from tracking.merging.ways import hanging_beside, moving
from tracking.register.models import Activity, Confirmation, YoungPerson
from tracking.register.people_tables import PeopleTable, direct, hanging

Rows = Mapping[tuple[str, int], Mapping[str, Any]]
ACTIVITIES, CONFIRMATIONS = Activity._meta.db_table, Confirmation._meta.db_table
PEOPLE = YoungPerson._meta.db_table
AT_ONCE = "set constraints activity_one_primary_at_a_time immediate"
AT_THE_END = "set constraints activity_one_primary_at_a_time deferred"
PUT_BACK = """
update {table} x set {columns} from tracking_mergemove m, lateral jsonb_populate_record(null::{table}, m.was) r
where m.merge_id = %(merge)s and m."table" = '{table}' and m.row_id = x.id and m.was is not null
  and m.row_id = any(%(rows)s)
"""
IF_UNCHANGED = """{column} = case
  when m.was ? '{column}' and coalesce(to_jsonb(x.{column}), 'null') = m.now -> '{column}' then r.{column}
  else x.{column} end"""
TAKE_AWAY = """
delete from {table} x using tracking_mergemove m
where m.merge_id = %(merge)s and m."table" = '{table}' and m.row_id = x.id and m.was is null and to_jsonb(x) @> m.now
"""
UNSAY = """
insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at, voids_id)
select c.activity_id, c.verified_on, c.source, c.by_id, neet_moment(), c.id
from tracking_mergemove m join tracking_confirmation c on c.id = m.row_id
where m.merge_id = %(merge)s and m."table" = 'tracking_confirmation' and m.was is null
  and not exists (select from tracking_confirmation v where v.voids_id = c.id)
"""
GO_WITH = """
update {table} x set {column} = %(gone)s
where x.{column} = %(kept)s and x.{to} in (
    select row_id from tracking_mergemove m where m.merge_id = %(merge)s and m."table" = '{parent}'
      and m.was -> '{parent_column}' = to_jsonb(%(gone)s::bigint))
  and not exists (select from tracking_mergemove m
    where m.merge_id = %(merge)s and m."table" = '{table}' and m.row_id = x.id)
"""
# Where somebody recorded what they do now since, what went on before ends the day before it.
UP_TO_WHAT_FOLLOWS = """
update tracking_activity x set ends_on = n.starts_on - 1
from tracking_mergemove m, (
  select y.id, (select min(a.starts_on) from tracking_activity a
    where a.person_id = y.person_id and a.is_primary and a.starts_on > y.starts_on) as starts_on
  from tracking_activity y where y.id = any(%(rows)s)
) n
where m.merge_id = %(merge)s and m."table" = 'tracking_activity' and m.row_id = x.id and n.id = x.id
  and x.is_primary and x.ends_on < n.starts_on - 1 and m.was ->> 'ends_on' is null
"""

# What goes back stands beside what the record has meanwhile.
BESIDE_WHAT_STANDS = """
update tracking_activity x set is_primary = false from tracking_mergemove m
where m.merge_id = %(merge)s and m."table" = 'tracking_activity' and m.row_id = x.id and x.is_primary and exists (
  select from tracking_activity o where o.person_id = x.person_id and o.is_primary and o.id <> x.id
    and daterange(o.starts_on, o.ends_on, '[]') && daterange(x.starts_on, x.ends_on, '[]')
    and o.id not in (select row_id from tracking_mergemove t where t.merge_id = %(merge)s
      and t."table" = 'tracking_activity'))
"""


def rows_of(people: list[int]) -> Rows:
    """Every row of these records in the tables a merge may change, by table and id, as the database tells it. One
    statement."""
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_everything(), {"people": people})
        for table, pk, row in cursor.fetchall():
            found[(table, pk)] = json.loads(row)
    return found


@cache
def _everything() -> str:
    parts = [f"select '{PEOPLE}', x.id, to_jsonb(x)::text from {PEOPLE} x where x.id = any(%(people)s)"]
    parts += [
        f"select '{each.table}', x.id, to_jsonb(x)::text from {each.table} x where x.{each.column} = any(%(people)s)"
        for each in moving()
        if each.table != PEOPLE
    ]
    above = {each.model: each for each in direct()}
    parts += [
        f"select '{each.table}', x.id, to_jsonb(x)::text from {each.table} x where x.{each.column} in"
        f" (select id from {above[each.on].table} where {above[each.on].column} = any(%(people)s))"
        for each in hanging_beside()
    ]
    return " union all ".join(parts)


def write_down(merge: Merge, before: Rows, after: Rows) -> int:
    """Keep what differs; answers how many rows."""
    moves = []
    for (table, pk), now in after.items():
        was = before.get((table, pk))
        if was is None:
            moves.append(
                MergeMove(
                    merge=merge, table=table, row_id=pk, now={name: now[name] for name in _columns(table)}
                )
            )
        elif differing := [name for name in _columns(table) if was[name] != now[name]]:
            moves.append(
                MergeMove(
                    merge=merge,
                    table=table,
                    row_id=pk,
                    was={name: was[name] for name in differing},
                    now={name: now[name] for name in differing},
                )
            )
    MergeMove.objects.bulk_create(moves)
    return len(moves)


@cache
def _columns(table: str) -> tuple[str, ...]:
    """The columns the application writes: what the database works out for itself follows."""
    (model,) = (each for each in apps.get_models() if each._meta.db_table == table)
    return tuple(str(field.column) for field in model._meta.concrete_fields if not field.generated)


def put_back(merge: Merge) -> int:
    """Everything the merge changed stands as before where it is still as the merge left it; what was written since
    stays. Answers how many rows could not go back because of what was written since."""
    touched: dict[str, dict[int, set[str]]] = defaultdict(dict)
    added: set[str] = set()
    for move in merge.moves.all():
        if move.was is None:
            added.add(move.table)
        else:
            touched[move.table][move.row_id] = set(move.was)
    _go_with_what_they_are_about(merge, set(touched))
    for table in sorted(added):
        _run(UNSAY if table == CONFIRMATIONS else TAKE_AWAY.format(table=table), merge)
    owners = _owners()
    for table, rows in touched.items():
        _restore(merge, table, rows, {name for name in owners[table] if name in set().union(*rows.values())})
    left = 0
    for table, rows in touched.items():
        left += _restore(merge, table, rows, set().union(*rows.values()) - owners[table])
    if ACTIVITIES in touched:
        _run(BESIDE_WHAT_STANDS, merge)
    return left


def _restore(merge: Merge, table: str, rows: Mapping[int, set[str]], columns: set[str]) -> int:
    """These columns of all rows at once; where what was written since is in the way, of all rows that can. Answers how
    many cannot."""
    if not columns:
        return 0
    asked = [pk for pk, changed in rows.items() if changed & columns]
    try:
        _put_back_rows(merge, table, asked, columns)
    except IntegrityError:
        left = [pk for pk in asked if not _goes_back(merge, table, pk, columns)]
        if table == ACTIVITIES and left:
            _run(UP_TO_WHAT_FOLLOWS, merge, rows=left)
        return len(left)
    return 0


def _goes_back(merge: Merge, table: str, pk: int, columns: set[str]) -> bool:
    try:
        _put_back_rows(merge, table, [pk], columns)
    except IntegrityError:
        return False
    return True


def _put_back_rows(merge: Merge, table: str, rows: list[int], columns: set[str]) -> None:
    sets = ", ".join(IF_UNCHANGED.format(column=f"{name}") for name in sorted(columns))
    with transaction.atomic():
        _run(PUT_BACK.format(table=table, columns=sets), merge, rows=rows)
        if table == ACTIVITIES and not columns & _owners()[table]:
            _run(AT_ONCE, merge)
            _run(AT_THE_END, merge)


def _go_with_what_they_are_about(merge: Merge, moved: set[str]) -> None:
    """What was written since about a row that goes back (a call to a number, an answer to a link) goes with it."""
    above = {each.model: each for each in direct()}
    named = {each.model: each for each in moving()}
    for below in hanging():
        if below.model in named and below.on in above and above[below.on].table in moved:
            mine, parent = named[below.model], above[below.on]
            asked = GO_WITH.format(
                table=mine.table,
                column=mine.column,
                to=below.column,
                parent=parent.table,
                parent_column=parent.column,
            )
            try:
                with transaction.atomic():
                    _run(asked, merge)
            except IntegrityError:
                continue  # it stands once there already: stays where it was written


@cache
def _owners() -> dict[str, set[str]]:
    """By table the columns that say whose a row is, or what it hangs on."""
    found: dict[str, set[str]] = defaultdict(set)
    each: PeopleTable
    for each in (*moving(), *hanging_beside()):
        found[each.table].add(each.column)
    return found


def _run(statement: str, merge: Merge, **asked: Any) -> None:
    about = {"merge": merge.pk, "kept": merge.kept_id, "gone": merge.merged_id, **asked}
    with connection.cursor() as cursor:
        cursor.execute(statement, about)
