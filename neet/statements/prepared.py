"""A statement the database plans once for a connection: planning many of ours takes longer than answering them."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

PLACE = re.compile("%%|%s")
TYPES = ((list, "bigint[]"), (UUID, "uuid"), (str, "text"), (int, "bigint"))


def typed(
    text: str, values: tuple[Any, ...], is_value: Callable[[Any], bool], by: Any
) -> tuple[str, tuple[Any, ...]]:
    """The text with everything written out but what `is_value`, which stands there with its type; and these values in
    their order. What does not change is written out as Django would have sent it."""
    left, taken = iter(values), list[Any]()

    def put(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        value = next(left)
        if not is_value(value):
            return sql.Literal(value).as_string(by.connection).replace("%", "%%")
        taken.append(value)
        kind = next(name for kind, name in TYPES if isinstance(value, kind))
        return f"%s::{kind}"

    return PLACE.sub(put, text), tuple(taken)


def asked_for(text: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """All rows. The database prepares the text as soon as a connection asks for it again (`prepare_threshold`)."""
    connection.ensure_connection()
    with connection._prepare_cursor(  # type: ignore[attr-defined]  # what Django wraps its own cursors with
        psycopg.Cursor(connection.connection)
    ) as cursor:
        cursor.execute(text, values)
        return list(cursor.fetchall())
