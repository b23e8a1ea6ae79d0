"""Several small lists about one young person in one statement, where a page would else ask once for each."""

import json
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet


def together(**asked: QuerySet[Any]) -> dict[str, list[Any]]:
    """The rows of each of these querysets as instances, in its order; of related rows only their keys."""
    found: dict[str, list[Any]] = {name: [] for name in asked}
    parts: dict[str, str] = {}
    given: list[Any] = []
    for name, rows in asked.items():
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[name] = f"(SELECT json_agg(q)::text FROM ({sql}) q)"
        given += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts.values())}", given)
            answers = cursor.fetchone()
        for name, answer in zip(parts, answers, strict=True):
            found[name] = [_instance(asked[name].model, row) for row in json.loads(answer or "[]")]
    return found


def counted_together(**asked: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of these querysets has, in one statement."""
    found = dict.fromkeys(asked, 0)
    parts: dict[str, str] = {}
    given: list[Any] = []
    for name, rows in asked.items():
        try:
            sql, values = rows.order_by().query.sql_with_params()
        except EmptyResultSet:
            continue
        parts[name] = f"(SELECT count(*) FROM ({sql}) q)"
        given += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts.values())}", given)
            found |= dict(zip(parts, cursor.fetchone(), strict=True))
    return found


def _instance(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)
