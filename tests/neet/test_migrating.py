"""Tables made together are the tables they would be one by one, and go away again."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from neet.migrating import Together

pytestmark = pytest.mark.django_db(transaction=True)

SHELF = CreateModel(
    "Shelf", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
)
BOOK = CreateModel(
    "Book",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("shelf", models.ForeignKey("tests.Shelf", models.CASCADE)),
    ],
)


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("tests_")}


def test_tables_come_together_and_go_together() -> None:
    before, after, one_by_one = ProjectState(), ProjectState(), ProjectState()
    together = Together([SHELF, BOOK])

    together.state_forwards("tests", after)
    SHELF.state_forwards("tests", one_by_one)
    BOOK.state_forwards("tests", one_by_one)
    with connection.schema_editor() as editor:
        together.database_forwards("tests", editor, before, after)
    made = tables()
    with connection.schema_editor() as editor:
        together.database_backwards("tests", editor, after, before)

    assert after == one_by_one
    assert made == {"tests_shelf", "tests_book"}
    assert tables() == set()
