"""The register as it was known at a past moment: any statement run here reads it so.

For the length of the block the tables of one authority's register stand aside for copies made from their history,
under the same names. The very statements that count today count then, so the two can never drift apart.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction

from tracking.register import sql

OF_PEOPLE = "x where x.person_id in (select id from pg_temp.tracking_youngperson)"
COPIES: Mapping[str, str] = MappingProxyType(
    {
        "tracking_youngperson": "tracking_youngperson_as_known(%(moment)s) x where x.authority_id = %(authority)s",
        **{
            f"tracking_{table}": f"tracking_{table}_as_known(%(moment)s) {OF_PEOPLE}"
            for table in ("activity", "residence", "characteristic", "guarantee", "responsibility")
        },
        "tracking_confirmation": "public.tracking_confirmation x where x.recorded_at <= %(moment)s"
        " and x.activity_id in (select id from pg_temp.tracking_activity)",
        "tracking_referencerow": "tracking_referencerow_as_known(%(moment)s) x",
    }
)
LOOKED_UP_BY: Mapping[str, str] = MappingProxyType(
    {
        "tracking_youngperson": "id",
        "tracking_activity": "person_id, starts_on",
        "tracking_residence": "person_id",
        "tracking_characteristic": "person_id",
        "tracking_guarantee": "person_id",
        "tracking_responsibility": "person_id",
        "tracking_confirmation": "activity_id, verified_on",
    }
)
VOIDED = "create index on pg_temp.tracking_confirmation (voids_id) where voids_id is not null"


@contextmanager
def as_known_at(moment: datetime, authority_id: int) -> Iterator[None]:
    """One authority's people, what they do and the dated rules as they were known at the moment; read only.

    Exact for the moments of freezes and for day ends, the moments nobody's writing runs across. Names of places
    have no history: they are today's.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _step_aside(cursor, {"moment": moment, "authority": authority_id})
        try:
            yield
        except BaseException:
            raise  # the transaction rolls back, and the copies with it
        else:
            _come_back(cursor)


def _step_aside(cursor: Any, asked: Mapping[str, object]) -> None:
    for table, source in COPIES.items():  # counted as they come: each is found by those before it
        cursor.execute(f"create temp table {table} on commit drop as select x.* from {source}", asked)
        if columns := LOOKED_UP_BY.get(table):
            cursor.execute(f"create index on pg_temp.{table} ({columns})")
        cursor.execute(f"analyze pg_temp.{table}")
    cursor.execute(VOIDED)
    # named outright, so that no plan made for the standing tables is used again
    cursor.execute("set local search_path = pg_temp, public")
    cursor.execute(sql.text("reference").replace("create view", "create temp view"))


def _come_back(cursor: Any) -> None:
    cursor.execute("drop view pg_temp.tracking_activitycode, pg_temp.tracking_currencyrule")
    cursor.execute("drop table " + ", ".join(f"pg_temp.{table}" for table in COPIES))
    cursor.execute("set local search_path to default")
