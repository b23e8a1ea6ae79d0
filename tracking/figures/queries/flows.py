"""Who came to the NEET and who left them between two months, in numbers and by person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tracking.figures import sql
from tracking.figures.models import Freeze
from tracking.figures.queries.records import Asked
from tracking.figures.queries.tallies import COLUMNS, WARD, Chosen, Key
from tracking.figures.queries.wards import NOW_AT_HOME
from tracking.figures.standing import bring_up_to_date
from tracking.rules.codes import Status
from tracking.rules.rates import LEFT_TO, Counts, Flow, Moves

FLOWS, MOVED = sql.text("flows"), sql.text("moved")
OF_A_FREEZE = (
    "(select * from tracking_monthrecord where freeze_id = p.{side}_freeze and month = p.{side}_month)"
)
PAIRS = """
    unnest(%(before_freezes)s::bigint[], %(before_months)s::date[],
           %(after_freezes)s::bigint[], %(after_months)s::date[])
      as p (before_freeze, before_month, after_freeze, after_month)
"""
NOW = "(select * from tracking_nowrecord where authority_id = %(authority)s)"


@dataclass(frozen=True)
class Pair:
    """Two months that follow each other; without an `after` the second is the one in progress."""

    before: Freeze
    after: Freeze | None = None


def flows(pairs: Sequence[Pair], chosen: Chosen) -> dict[date, tuple[dict[str, int], dict[str, int]]]:
    """Joiners and leavers by how, of each pair of frozen months, by the later month; one statement."""
    asked: dict[str, Any] = _frozen(pairs)
    statement = _statement(chosen, asked)
    found: dict[date, tuple[dict[str, int], dict[str, int]]] = {
        pair.after.month: ({}, {}) for pair in pairs if pair.after
    }
    counted = (
        f"select p.after_month, f.direction, f.how, count(*) from {PAIRS} cross join lateral ({statement}) f"
        " group by 1, 2, 3"
    )
    for month, direction, how, people in _rows(counted, asked):
        found[month][direction == "left"][how] = people
    return found


def flow_to_now(pair: Pair, now: Asked, chosen: Chosen) -> tuple[dict[str, int], dict[str, int]]:
    """The same from a frozen month to the register as it stands; one statement over rows that are up to date."""
    joined: dict[str, int] = {}
    left: dict[str, int] = {}
    for direction, how, _ in _people_to_now(pair, now, chosen):
        side = left if direction == "left" else joined
        side[how] = side.get(how, 0) + 1
    return joined, left


def people_of_flow(
    pair: Pair,
    now: Asked | None,
    chosen: Chosen,
    direction: str,
    is_meant: Callable[[str], bool],
    status: Status = Status.NEET,
) -> list[int]:
    """The young people behind a number of a flow: those who came or went in a way that is meant."""
    if now is not None:
        bring_up_to_date(now)
        found = _people_to_now(pair, now, chosen, status)
    else:
        asked: dict[str, Any] = _frozen([pair])
        statement = _statement(chosen, asked, status=status)
        found = _rows(f"select f.* from {PAIRS} cross join lateral ({statement}) f", asked)
    return [
        person for which, how, person in found if which == direction and is_meant(how) and person is not None
    ]


def flow_of(parts: tuple[Mapping[str, int], Mapping[str, int]], before: Counts, after: Counts) -> Flow:
    """The flow with the two months' NEET, which were counted on their own."""
    return Flow(int(before.neet), int(after.neet), *parts)


def _people_to_now(
    pair: Pair, now: Asked, chosen: Chosen, status: Status = Status.NEET
) -> list[tuple[str, str, int | None]]:
    asked = _to_now(pair, now)
    statement = _statement(chosen, asked, is_now=True, status=status)
    return _rows(f"select f.* from {PAIRS} cross join lateral ({statement}) f", asked)


def _statement(
    chosen: Chosen, asked: dict[str, Any], *, is_now: bool = False, status: Status = Status.NEET
) -> str:
    asked["status"] = str(status)
    was, now = _sides(is_now=is_now, by_ward=WARD in chosen.keys)
    here = {"was_here": chosen.of_records("was", asked), "is_here": chosen.of_records("now", asked)}
    return FLOWS.format(was=was, now=now, **here)


def _sides(*, is_now: bool, by_ward: bool) -> tuple[str, str]:
    """The records of both months of a pair, each with its ward where it is asked for."""
    before = OF_A_FREEZE.format(side="before")
    if not is_now:
        return before, OF_A_FREEZE.format(side="after")
    return before, f"({NOW_AT_HOME})" if by_ward else NOW


@dataclass(frozen=True)
class Crossed:
    """What movements are counted by: a status, what stands in the rows, what in the columns (None: nothing), and
    whether each month is told apart."""

    status: Status
    rows: str
    columns: str | None
    by_month: bool = False


Place = tuple[date, bool, bool, Key, Key]
# Of a part somebody stays who counts as the same in both months and stands in it in both.
LEVELS = (
    "m.same",
    "m.same and m.at is not distinct from m.other_at",
    "m.same and m.by is not distinct from m.other_by",
    "m.same and m.at is not distinct from m.other_at and m.by is not distinct from m.other_by",
)
KINDS = ("m.came", "not m.came and m.is_left", "not m.came and not m.is_left")


def moved(pairs: Sequence[Pair], now: Asked | None, chosen: Chosen, asked_by: Crossed) -> dict[Place, Moves]:
    """Who came to a status and who left it, by month and place in a cut: whether all rows, all columns are meant, and
    which row and column. With `now` one pair, up to the register as it stands. One statement."""
    asked: dict[str, Any] = _to_now(pairs[0], now) if now else _frozen(pairs)
    asked |= {"status": str(asked_by.status), "left_to": list(LEFT_TO[asked_by.status])}
    sums = ", ".join(
        f"count(*) filter (where {kind} and not ({stays}))" for stays in LEVELS for kind in KINDS
    )
    places = (
        "grouping(m.at), 1, m.at, null" if asked_by.by_month else "grouping(m.at), grouping(m.by), m.at, m.by"
    )
    sets = "(m.month, m.at), (m.month)"
    if not asked_by.by_month:
        sets += ", (m.month, m.at, m.by), (m.month, m.by)"
    inner = _moved(chosen, asked, asked_by, is_now=now is not None)
    rows = _rows(
        f"select m.month, {places}, {sums} from ({inner}) as m group by grouping sets ({sets})",
        asked,
    )
    return {
        (month, bool(all_rows), bool(all_columns), at, by): _moves(
            counts, (not all_rows) + 2 * (not all_columns)
        )
        for month, all_rows, all_columns, at, by, *counts in rows
    }


def _moves(counts: Sequence[int], level: int) -> Moves:
    return Moves(*counts[level * len(KINDS) : (level + 1) * len(KINDS)])


def _moved(chosen: Chosen, asked: dict[str, Any], by: Crossed, *, is_now: bool) -> str:
    was, now = _sides(is_now=is_now, by_ward=WARD in {*chosen.keys, by.rows, by.columns})
    at, across = COLUMNS[by.rows], COLUMNS[by.columns] if by.columns else None
    return MOVED.format(
        pairs=PAIRS,
        was=was,
        now=now,
        was_here=chosen.of_records("was", asked),
        is_here=chosen.of_records("now", asked),
        was_at=f"was.{at}",
        now_at=f"now.{at}",
        was_by=f"was.{across}" if across else "null::int",
        now_by=f"now.{across}" if across else "null::int",
    )


def _to_now(pair: Pair, now: Asked) -> dict[str, Any]:
    return {
        "authority": now.authority_id, "day": now.day, "before_freezes": [pair.before.pk],
        "before_months": [pair.before.month], "after_freezes": [None], "after_months": [now.month],
    }  # fmt: skip


def _frozen(pairs: Sequence[Pair]) -> dict[str, Any]:
    afters = [pair.after for pair in pairs if pair.after]
    return {
        "before_freezes": [pair.before.pk for pair in pairs],
        "before_months": [pair.before.month for pair in pairs],
        "after_freezes": [each.pk for each in afters],
        "after_months": [each.month for each in afters],
    }


def _rows(statement: str, asked: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
