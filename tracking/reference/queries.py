"""The rules of a day from the database."""

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from datetime import date
from functools import lru_cache

from django.db import connection

from neet.audit.context import request_id
from tracking.reference.models import ReferenceRow
from tracking.rules.ruleset import TABLES, RuleSet

# Every version of a row has a place and a transaction of its own, so any change whatever changes the sum.
STAMP = "SELECT count(*), coalesce(sum(hashtext(ctid::text || xmin::text)), 0) FROM tracking_referencerow"
Stamp = tuple[int, int]

# The stamp as the present request found it: one page asks for the rules many times.
_found: ContextVar[tuple[str, Stamp]] = ContextVar("stamp_of_request")


def ruleset(on: date) -> RuleSet:
    """The rules that hold on a reporting date; one small statement a request unless the tables changed.

    A request goes on with the rules it began with. Raises BadRow where somebody's row cannot be used, naming the
    table, the row and the reason.
    """
    return _ruleset(on, stamp())


def rows_of(on: date) -> Mapping[str, list[dict[str, str]]]:
    """Every table's rows of that day as text, as entered: what RuleSet.from_rows takes."""
    return _by_table(ReferenceRow.objects.holding(on).order_by("pk"))


def _by_table(rows: Iterable[ReferenceRow]) -> dict[str, list[dict[str, str]]]:
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
    for row in rows:
        if row.table in tables:
            tables[row.table].append(_text(row))
    return tables


def _text(row: ReferenceRow) -> dict[str, str]:
    until = row.valid_to.isoformat() if row.valid_to else ""
    return {
        **row.values,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": until,
        "evidence": row.evidence,
    }


def stamp() -> Stamp:
    """What changes with any row of the rules; one small statement a request."""
    number, (asked_in, found) = request_id.get(), _found.get(("", (0, 0)))
    if number and number == asked_in:
        return found
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        found = cursor.fetchone()
    _found.set((number, found))
    return found


@lru_cache(maxsize=32)
def _ruleset(on: date, stamp: Stamp) -> RuleSet:
    return RuleSet.from_rows(on, _by_table(row for row in _rows(stamp) if row.holds(on)))


@lru_cache(maxsize=4)
def _rows(stamp: Stamp) -> list[ReferenceRow]:
    """Every day's rows, so that a page about many days reads them once."""
    return list(ReferenceRow.objects.order_by("pk"))
