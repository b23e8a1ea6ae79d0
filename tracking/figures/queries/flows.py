"""Who came to the NEET and who left them between two months, in numbers and by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tracking.figures import sql
from tracking.figures.models import Freeze
from tracking.figures.queries.records import Asked
from tracking.figures.queries.tallies import Chosen
from tracking.figures.standing import bring_up_to_date
from tracking.rules.rates import Counts, Flow

FLOWS = sql.text("flows")
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
    statement = _statement(chosen, asked, OF_A_FREEZE.format(side="after"))
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


def people_of_flow(pair: Pair, now: Asked | None, chosen: Chosen, direction: str, how: str) -> list[int]:
    """The young people behind one number of a flow."""
    if now is not None:
        bring_up_to_date(now)
        found = _people_to_now(pair, now, chosen)
    else:
        asked: dict[str, Any] = _frozen([pair])
        statement = _statement(chosen, asked, OF_A_FREEZE.format(side="after"))
        found = _rows(f"select f.* from {PAIRS} cross join lateral ({statement}) f", asked)
    return [person for which, by, person in found if which == direction and by == how and person is not None]


def flow_of(parts: tuple[Mapping[str, int], Mapping[str, int]], before: Counts, after: Counts) -> Flow:
    """The flow with the two months' NEET, which were counted on their own."""
    return Flow(int(before.neet), int(after.neet), *parts)


def _people_to_now(pair: Pair, now: Asked, chosen: Chosen) -> list[tuple]:
    asked: dict[str, Any] = {
        "authority": now.authority_id, "before_freezes": [pair.before.pk], "before_months": [pair.before.month],
        "after_freezes": [None], "after_months": [now.month],
    }  # fmt: skip
    statement = _statement(chosen, asked, NOW)
    return _rows(f"select f.* from {PAIRS} cross join lateral ({statement}) f", asked)


def _statement(chosen: Chosen, asked: dict[str, Any], now: str) -> str:
    return FLOWS.format(
        was=OF_A_FREEZE.format(side="before"),
        now=now,
        was_here=chosen.of_records("was", asked),
        is_here=chosen.of_records("now", asked),
    )


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
