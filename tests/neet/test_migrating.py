"""Tables made together are the tables they would be one by one, and go away again; tables held together are held at one
moment or not at all."""

import threading

import psycopg
import pytest
from django.db import OperationalError, connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from neet.migrating import Holding, Together

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


HELD, BESIDE = "tracking_youngperson", "tracking_activity"


def somebody() -> psycopg.Connection:
    """At work beside the step, in a session and a transaction of their own."""
    session = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    session.execute("select 1")
    return session


def has(session: psycopg.Connection, table: str, mode: str = "row exclusive") -> bool:
    try:
        with session.transaction():
            session.execute(f"lock table {table} in {mode} mode nowait")
    except psycopg.errors.LockNotAvailable:
        return False
    return True


def held(holding: Holding) -> None:
    holding.database_forwards("tests", connection.schema_editor(), ProjectState(), ProjectState())


def test_who_saves_is_let_finish_and_nobody_else_comes_in_between() -> None:
    with somebody() as saving, somebody() as another, connection.schema_editor():
        assert has(saving, BESIDE)  # as a save that goes on to the other table
        step = threading.Timer(0.3, saving.rollback)
        step.start()
        held(Holding(HELD, BESIDE))

        assert not step.is_alive()
        assert not has(another, HELD, "access share")
        assert not has(another, BESIDE, "access share")
        another.rollback()


def test_while_it_waits_it_has_none_of_them_and_gives_up_in_plain_words() -> None:
    holding = Holding(HELD, BESIDE)
    holding.asks_for = 0.2
    with somebody() as saving, connection.schema_editor():
        assert has(saving, BESIDE)
        with pytest.raises(OperationalError, match=r"nothing was done\. Run it again in a quieter moment"):
            held(holding)
        assert has(saving, HELD)
        saving.rollback()
