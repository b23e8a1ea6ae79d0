"""Every table that leads to a young person, found by reflection: who puts records together or erases them asks here,
so that a table somebody adds tomorrow cannot be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from tracking.register.models import YoungPerson


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """One column by which rows of a table belong to a young person, or hang on rows that do.

    `path` leads from the model to the young person in the words of the ORM. `on` is the label of the model the column
    points at: the young person, or a table whose rows hang on one. `has_constraint` says whether the database itself
    keeps the reference.
    """

    model: str
    table: str
    field: str
    column: str
    path: str
    on: str
    has_constraint: bool
    is_nullable: bool
    is_unique: bool

    @property
    def is_direct(self) -> bool:
        """Whether the column names the young person themselves."""
        return self.on == YoungPerson._meta.label


def direct() -> tuple[PeopleTable, ...]:
    """The columns that name a young person, in the order of the apps."""
    return tuple(_pointing_at(YoungPerson, ""))


def hanging() -> tuple[PeopleTable, ...]:
    """The columns that point at rows of a table which belongs to a young person, however far away; a table with both is
    in both answers."""
    found: list[PeopleTable] = []
    wanted, seen = list(direct()), {YoungPerson._meta.label}
    while wanted:
        above = wanted.pop(0)
        if above.model in seen:
            continue
        seen.add(above.model)
        below = list(_pointing_at(apps.get_model(above.model), above.path))
        found += below
        wanted += below
    return tuple(found)


def _pointing_at(target: type[models.Model], path: str) -> Iterator[PeopleTable]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is target:
                yield PeopleTable(
                    model=model._meta.label,
                    table=model._meta.db_table,
                    field=field.name,
                    column=field.column,
                    path=f"{field.name}__{path}" if path else field.name,
                    on=target._meta.label,
                    has_constraint=model._meta.managed and field.db_constraint,  # type: ignore[attr-defined]  # the stubs miss it
                    is_nullable=field.null,
                    is_unique=field.unique,
                )
