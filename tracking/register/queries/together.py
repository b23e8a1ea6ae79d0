"""Several small lists about one young person in one statement, where a page would else ask once for each."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, Model, QuerySet, Value

from neet.statements.looks import is_built, is_kept
from neet.statements.prepared import asked_for


def together(**asked: QuerySet[Any]) -> dict[str, list[Any]]:
    """The rows of each of these querysets as instances, in its order; of related rows only their keys."""
    answers = _in_one("(SELECT json_agg(q)::text FROM ({}) q)", asked)
    return {
        name: [_instance(rows.model, row) for row in json.loads(answers.get(name) or "[]")]
        for name, rows in asked.items()
    }


def counted_together(**asked: QuerySet[Any]) -> dict[str, int]:
    """How many rows each of these querysets has, in one statement."""
    unordered = {name: rows if is_built(rows) else rows.order_by() for name, rows in asked.items()}
    return dict.fromkeys(asked, 0) | _in_one("(SELECT count(*) FROM ({}) q)", unordered)


def _in_one(around: str, asked: Mapping[str, QuerySet[Any]]) -> dict[str, Any]:
    """The answer to each of these, but for those that have no rows whatever the database holds."""
    prepared = all(is_kept(rows) for rows in asked.values())
    texts: dict[str, str] = {}
    given: list[Any] = []
    for name, rows in asked.items():
        try:
            text, values = rows.query.prepared() if prepared else rows.query.sql_with_params()  # type: ignore[attr-defined]  # of statements that are kept
        except EmptyResultSet:
            continue
        texts[name] = around.format(text)
        given += values
    if not texts:
        return {}
    whole = f"SELECT {', '.join(texts.values())}"
    if prepared:
        (answers,) = asked_for(whole, tuple(given))
    else:
        with connection.cursor() as cursor:
            cursor.execute(whole, given)
            answers = cursor.fetchone()
    return dict(zip(texts, answers, strict=True))


def in_one_row(rows: QuerySet[Any, Any], **numbers: Aggregate) -> QuerySet[Any, Any]:
    """What `aggregate` counts, as rows that can be built once: one row always."""
    return rows.order_by().values(together=Value(1)).annotate(**numbers)


def _instance(model: type[Model], row: dict[str, Any]) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)
