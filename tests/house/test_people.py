"""Every table that leads to a young person: what becomes of its rows when two records are put together."""

from django.apps import apps
from django.conf import settings
from django.db.models import BigAutoField
from django.utils.module_loading import import_string

from tracking.merging.ways import Way, moving, unique_parts, way_of
from tracking.register.people_tables import direct


def test_every_table_that_names_a_young_person_says_how_it_is_put_together() -> None:
    tables = {each.model for each in direct()}

    assert tables == set(settings.MERGING)


def test_every_way_of_putting_together_is_one_that_there_is() -> None:
    for way in settings.MERGING.values():
        assert way in set(Way) or callable(import_string(way))


def test_a_table_with_one_row_a_person_is_not_merely_taken_over() -> None:
    for table in direct():
        if unique_parts(table):
            assert way_of(table.model) != Way.REPOINT, table.model


def test_rows_that_move_are_numbered() -> None:
    for table in moving():
        key = apps.get_model(table.model)._meta.pk
        assert (type(key), key.column) == (BigAutoField, "id"), table.model
