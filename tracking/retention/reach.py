"""What becomes of every row that leads to a young person who is erased, found by reflection.

A table says so itself by what it does when its young person goes: CASCADE, its rows go; SET_NULL, they stay without
them, and settings.ERASING says which of their columns are emptied, or that they go all the same. Anything else has to
be named here, or a house test fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from tracking.register.models import YoungPerson
from tracking.retention.sql import text

Model = type[models.Model]
Edge = models.ForeignKey

# Rows the serving role may not remove: the database's own function does (sql/forget.sql).
BY_THE_DATABASE = frozenset({"tracking.Confirmation", "tracking.Situation"})
STORED_FILE, GOES = "files.StoredFile", "goes"


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of an erasure: what happens to which table's rows."""

    table: str
    way: str
    sql: str
    values: Mapping[str, Any] = field(default_factory=dict)


@cache
def edges() -> Mapping[Model, tuple[Edge, ...]]:
    """Every column that points at a table, by that table."""
    found: dict[Model, list[Edge]] = {}
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            if isinstance(column, models.ForeignKey):
                found.setdefault(column.related_model, []).append(column)
    return {model: tuple(columns) for model, columns in found.items()}


@cache
def going() -> tuple[Model, ...]:
    """The tables whose rows go with their young person, each before those it hangs on."""
    found: list[Model] = []

    def visit(model: Model, above: tuple[Model, ...]) -> None:
        for edge in edges().get(model, ()):
            below = edge.model
            if goes(edge) and below not in above and below not in found and not by_the_database(below):
                visit(below, (*above, below))
        if model not in found:
            found.append(model)

    visit(YoungPerson, (YoungPerson,))
    return tuple(found)


def goes(edge: Edge) -> bool:
    """Whether rows go with what this column points at."""
    goes_too = edge.related_model is YoungPerson and settings.ERASING.get(edge.model._meta.label) == GOES
    return goes_too or edge.remote_field.on_delete is models.CASCADE


def stays(edge: Edge) -> bool:
    """Whether rows stay without what this column points at."""
    return not goes(edge) and edge.remote_field.on_delete is models.SET_NULL


def by_the_database(model: Model) -> bool:
    return model._meta.label in BY_THE_DATABASE


@cache
def emptied() -> tuple[Edge, ...]:
    """The columns that lose whom, or what of theirs, they pointed at, while their rows stay."""
    return tuple(edge for model in going() for edge in edges().get(model, ()) if stays(edge))


@cache
def beneath() -> tuple[Edge, ...]:
    """The columns by which rows hang on rows that stay: of them too something may have to be emptied."""
    outliving = {edge.model for edge in emptied()} - set(going())
    return tuple(
        edge
        for model in sorted(outliving, key=lambda each: each._meta.label)
        for edge in edges().get(model, ())
        if goes(edge) and edge.model not in going()
    )


def undeclared() -> list[str]:
    """The tables nobody said anything of: a house test wants none."""
    silent = [
        f"{edge.model._meta.label}.{edge.name}"
        for model in going()
        for edge in edges().get(model, ())
        if not (goes(edge) or stays(edge) or by_the_database(edge.model))
    ]
    outliving = {edge.model for edge in (*emptied(), *beneath())} - set(going())
    return silent + sorted(each._meta.label for each in outliving if each._meta.label not in settings.ERASING)


@cache
def steps() -> tuple[Step, ...]:
    """The statements of an erasure in their order; each takes `people`, the numbers of whom it is about."""
    found = [
        _blank(edge, ids)
        for edge in beneath()
        if settings.ERASING.get(edge.model._meta.label)
        for ids in _outliving(edge)
    ]
    for model in going():
        found += [_let_go(edge) for edge in edges().get(model, ()) if stays(edge)]
        found.append(
            Step(model._meta.db_table, "erased", f"delete from {_table(model)} where {_mine(model)}")
        )
    return tuple(found)


@cache
def files() -> tuple[str, ...]:
    """Statements that name the stored files which belong to such rows alone, and go with them."""
    stored = apps.get_model(STORED_FILE)
    return tuple(
        f"select {_column(edge)} from {_table(edge.model)}"
        f" where {_column(edge)} is not null and ({_mine(edge.model)})"
        for edge in edges()[stored]
        if edge.model in going()
    )


@cache
def loose_ends() -> tuple[Step, ...]:
    """Statements about rows that no column ties to a young person: those that hold their CCIS number, and what
    colleagues typed to find them."""
    numbers = "select young_person_id from tracking_youngperson where id = any(%(people)s)"
    found = []
    for label, name in settings.ERASING_BY_NUMBER.items():
        model = apps.get_model(label)
        sets, values = _sets(model)
        column = _column(next(each for each in model._meta.local_concrete_fields if each.name == name))
        sql = f"update {_table(model)} set {', '.join(sets)} where {column} in ({numbers})"
        found.append(Step(model._meta.db_table, "emptied", sql, values))
    return (*found, Step("tracking_savedsearch", "erased", text("searches")))


def _outliving(edge: Edge) -> Iterator[str]:
    """Which rows of the table this column points at stay, and lost somebody."""
    for above in emptied():
        if above.model is edge.related_model:
            yield f"select {_pk(above.model)} from {_table(above.model)} where {_points_at(above)}"


def _blank(edge: Edge, ids: str) -> Step:
    sets, values = _sets(edge.model)
    where = f"{_column(edge)} in ({ids})"
    sql = f"update {_table(edge.model)} set {', '.join(sets)} where {where}"
    return Step(edge.model._meta.db_table, "emptied", sql, values)


def _let_go(edge: Edge) -> Step:
    sets, values = _sets(edge.model)
    everything = ", ".join([f"{_column(edge)} = null", *sets])
    sql = f"update {_table(edge.model)} set {everything} where {_points_at(edge)}"
    return Step(edge.model._meta.db_table, "emptied", sql, values)


def _sets(model: Model) -> tuple[list[str], dict[str, Any]]:
    """What is written into the columns that say something of whom is erased (settings.ERASING)."""
    sets, values = [], {}
    said = settings.ERASING.get(model._meta.label, {})
    columns = {each.name: each for each in model._meta.local_concrete_fields}
    for name, value in {} if isinstance(said, str) else said.items():
        key = f"{model._meta.db_table}_{name}"
        sets.append(f"{_column(columns[name])} = %({key})s")
        values[key] = columns[name].get_db_prep_save(value, connection)
    return sets, values


def _mine(model: Model) -> str:
    """The condition on a table's rows that go."""
    if model is YoungPerson:
        return "id = any(%(people)s)"
    mine = [
        _points_at(edge)
        for edge in model._meta.local_concrete_fields
        if isinstance(edge, models.ForeignKey)
        and goes(edge)
        and edge.related_model in going()
        and edge.related_model is not model
    ]
    return " or ".join(mine)


def _points_at(edge: Edge) -> str:
    """The condition that a column points at a row that goes."""
    above: Model = edge.related_model
    if above is YoungPerson:
        return f"{_column(edge)} = any(%(people)s)"
    return f"{_column(edge)} in (select {_pk(above)} from {_table(above)} where {_mine(above)})"


def _table(model: Model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(column: models.Field) -> str:
    return connection.ops.quote_name(str(column.column))


def _pk(model: Model) -> str:
    return connection.ops.quote_name(str(model._meta.pk.column))
