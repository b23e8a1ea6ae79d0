"""Which panels of a record have anything to say of somebody, asked in one statement instead of one by one."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from neet.statements.once import built_once
from tracking.register.models import YoungPerson

# A table, and the way from one of its rows to the young person.
Rows = tuple[str, str]


def panels_with_rows(
    person_id: int, panels: Iterable[str], rows: Mapping[str, tuple[Rows, ...]]
) -> list[str]:
    """Those of these panels that name no tables, or in one of whose tables (`rows`, by panel) there is a row of this
    young person; in their order. One statement for all of them."""
    tables = sorted({table for named in rows.values() for table in named})
    found = next(iter(_is_in_each(person_id, tuple(tables))), ())
    held = {table for table, has_some in zip(tables, found, strict=True) if has_some} if found else set()
    return [path for path in panels if path not in rows or held & set(rows[path])]


@built_once
def _is_in_each(person_id: int, tables: tuple[Rows, ...]) -> QuerySet[YoungPerson, tuple[bool, ...]]:
    return YoungPerson.objects.filter(pk=person_id).values_list(*(_is_in(*table) for table in tables))


def _is_in(table: str, person: str) -> Exists:
    return Exists(apps.get_model(table)._default_manager.filter(**{person: OuterRef("pk")}))
