"""What becomes of each table's rows when two records are put together: read from one table (MERGING in the registries),
which a house test holds against every table that leads to a young person.

Nothing is ever removed: what the kept record has already stays with the record that goes, out of sight, so that both
can be taken apart again.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    Model,
    OneToOneField,
    OuterRef,
    Q,
    QuerySet,
    UniqueConstraint,
    When,
)
from django.utils.module_loading import import_string

from tracking.merging.statements import Together
from tracking.register.people_tables import PeopleTable, direct, hanging


class Way(StrEnum):
    """The ways most tables go; a dotted path names one of its own."""

    REPOINT = "repoint"  # all rows go over
    KEEP_KEPT = "keep kept"  # they go over, but for what the kept record has already
    FOLD = "fold"  # the same, and what hangs on a row that stays goes over to the kept one
    DERIVE = "derive"  # the database works it out anew
    LEAVE = "leave"  # stays as it was: what was counted, frozen or sent, and what somebody may open


def way_of(label: str) -> str:
    """How the rows of a model are put together. Raises LookupError where nobody has said."""
    try:
        return str(settings.MERGING[label])
    except KeyError as missing:
        raise LookupError(f"MERGING does not say what becomes of {label}") from missing


def moving() -> tuple[PeopleTable, ...]:
    """The columns that name a young person in tables whose rows may change."""
    stay = {Way.LEAVE, Way.DERIVE}
    return tuple(each for each in direct() if way_of(each.model) not in stay)


def hanging_beside() -> tuple[PeopleTable, ...]:
    """Columns of tables that change though they name nobody: what hangs on rows that fold, and confirmations."""
    folding = {each.model for each in direct() if way_of(each.model) == Way.FOLD}
    named = {each.model for each in direct()}
    return tuple(
        each
        for each in hanging()
        if each.model not in named and (each.on in folding or each.on == "tracking.Activity")
    )


def go(table: PeopleTable, together: Together) -> None:
    """Take the rows of one table over. Raises LookupError where nobody has said how."""
    way = way_of(table.model)
    if way == Way.REPOINT:
        _over(_rows(table, together.gone), table, together)
    elif way in (Way.KEEP_KEPT, Way.FOLD):
        keep_kept(table, together)
        if way == Way.FOLD:
            _fold(table, together)
    else:
        own: Callable[[PeopleTable, Together], None] = import_string(way)
        own(table, together)


def keep_kept(table: PeopleTable, together: Together) -> None:
    """All rows go over but those of which the kept record has one already, by the table's own constraints."""
    _over(_rows(table, together.gone).exclude(_held_by_kept(table, together)), table, together)


def unique_parts(table: PeopleTable) -> list[tuple[tuple[str, ...], Q]]:
    """By which fields a young person may have a row but once, and which rows that is asked of."""
    model = _model(table)
    parts = [
        (tuple(name for name in each.fields if name != table.field), each.condition or Q())
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and table.field in each.fields
    ]
    if isinstance(model._meta.get_field(table.field), OneToOneField):
        parts.append(((), Q()))
    return parts


def _held_by_kept(table: PeopleTable, together: Together) -> Q:
    held = Q(pk__in=[])
    for names, condition in unique_parts(table):
        alike = {name: OuterRef(name) for name in names}
        theirs = _rows(table, together.kept).filter(condition, **alike)
        held |= condition & Q(Exists(theirs))
    return held


def _fold(table: PeopleTable, together: Together) -> None:
    """What hangs on rows that stayed goes over to the kept record's row of the same kind."""
    (names, _), *_ = unique_parts(table)
    key = [f"{name}_id" if _model(table)._meta.get_field(name).is_relation else name for name in names]
    kept = {tuple(row[1:]): row[0] for row in _rows(table, together.kept).values_list("pk", *key)}
    stayed = _rows(table, together.gone).values_list("pk", *key)
    over = {row[0]: kept[tuple(row[1:])] for row in stayed if tuple(row[1:]) in kept}
    if not over:
        return
    for below in hanging():
        if below.on == table.model and way_below(below) == Way.FOLD:
            cases = [When(**{below.column: old}, then=new) for old, new in over.items()]
            rows = _model(below)._base_manager.filter(**{f"{below.column}__in": over})
            rows.update(
                **{below.column: Case(*cases, default=F(below.column), output_field=BigIntegerField())}
            )


def way_below(below: PeopleTable) -> Way:
    """Whether what hangs on a row that folds goes over with it: all but what its own constraints tie to the row."""
    model = _model(below)
    tied = any(
        below.field in each.fields for each in model._meta.constraints if isinstance(each, UniqueConstraint)
    )
    return Way.LEAVE if tied or below.is_unique else Way.FOLD


def _over(rows: QuerySet[Any], table: PeopleTable, together: Together) -> None:
    rows.update(**{table.column: together.kept})


def _rows(table: PeopleTable, person: int) -> QuerySet[Any]:
    return _model(table)._base_manager.filter(**{table.column: person})


def _model(table: PeopleTable) -> type[Model]:
    return apps.get_model(table.model)
