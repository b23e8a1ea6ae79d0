"""How the database means to answer a statement: asked with EXPLAIN as the statement comes, never run for it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

# What is planned at all, behind the comments before it; everything else is housekeeping.
PLANNED = re.compile(
    r"(\s*--[^\n]*\n)*\s*(\(?\s*select|with|insert|update|delete|create temp(orary)? table [^(;]*? as\b)\b",
    re.IGNORECASE,
)
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Tid Scan", "Sample Scan"}
HIDDEN = {
    "Result",
    "Hash",
    "Materialize",
    "Memoize",
    "Sort",
    "Incremental Sort",
    "Limit",
    "Aggregate",
    "LockRows",
}


@dataclass(frozen=True, order=True)
class Scan:
    """A whole table gone through: nothing narrows it down."""

    door: str
    table: str
    how: str


@dataclass
class Reading:
    """The plans of what one door asked, each once, and the whole tables they go through."""

    door: str
    large: frozenset[str]
    shapes: list[str] = field(default_factory=list)
    whole: set[Scan] = field(default_factory=set)

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        """As connection.execute_wrapper wants it."""
        done = None
        for one in str(sql).split(";\n") if not many else [sql]:  # some ask several in one go
            if PLANNED.match(one) and not many:
                self._plan(one, params)
            done = execute(one, params, many, context)
        return done

    def _plan(self, sql: str, params: Any) -> None:
        with connection.connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON, COSTS OFF, VERBOSE) {sql}", params)
            (found,) = cursor.fetchone()
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        tables = {table_of(node) for node in nodes(plan)} & self.large
        if not tables:
            return
        shape = shape_of(plan)
        if shape not in self.shapes:
            self.shapes.append(shape)
        for node in nodes(plan):
            if table_of(node) in self.large and is_whole(node):
                self.whole.add(Scan(self.door, table_of(node), node["Node Type"]))


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def table_of(node: dict[str, Any]) -> str:
    """The table a node reads; a month's division is the table of all months."""
    if (
        node["Node Type"] not in SCANS or node.get("Schema") != "public"
    ):  # a past month is read from tables of its own
        return ""
    return re.sub(r"_\d{4}_\d{2}$|_\d+$|_rest$", "", node.get("Relation Name", ""))


def is_whole(node: dict[str, Any]) -> bool:
    """Every row is looked at: a sequential scan, or an index gone through from end to end."""
    if node["Node Type"] == "Seq Scan":
        return True
    return node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node


def shape_of(plan: dict[str, Any]) -> str:
    """The plan in a line: joins, and what is read by which index."""
    parts = [shape_of(below) for below in plan.get("Plans", ())]
    kind, table = plan["Node Type"], plan.get("Relation Name", "")
    if kind == "Bitmap Index Scan":
        return plan["Index Name"]
    if kind == "Bitmap Heap Scan":
        return f"{table} by bits of {', '.join(parts)}"
    if kind in SCANS:
        by = plan.get("Index Name")
        own = f"{table} {'whole' if is_whole(plan) else ''}{f' by {by}' if by else ''}"
        return " ".join(own.split()) + (f" ({', '.join(parts)})" if parts else "")
    named = f"{kind} {table}".strip() if kind == "ModifyTable" else kind
    if kind in HIDDEN and len(parts) == 1:
        return parts[0]
    return f"{named}({', '.join(parts)})" if parts else named
