"""What steps between versions of the tables share: tables that come into being together, so that a new database stands
in half the time, and tables that are held together while people work.
"""

import time
from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, transaction
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from psycopg.errors import LockNotAvailable

TOO_BUSY = "Somebody is always at work on these tables: nothing was done. Run it again in a quieter moment"


class Together(Operation):
    """Make several tables. Django draws all models that hang together anew after each of them; here once after all."""

    reversible = True

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Know the tables from now on."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for each in self.tables:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make them, in their order."""
        for each in self.tables:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take them away, the last first."""
        for each in reversed(self.tables):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """In the words of the command."""
        return "; ".join(each.describe() for each in self.tables)


class Holding(Operation):
    """Hold these tables until the step ends: all of them at one moment, or none. A save that has one of them and waits
    for another would otherwise block the step, and the step the save; PostgreSQL ends one of two such.
    """

    reversible = True
    asks_every, asks_for = 0.05, 120.0  # seconds

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing is another."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Ask until nobody has any of them; whoever comes later waits for the step. Raises OperationalError in plain
        words where that moment does not come: nothing was done then."""
        connection, until = schema_editor.connection, time.monotonic() + self.asks_for
        named = ", ".join(connection.ops.quote_name(table) for table in self.tables)
        while True:
            try:
                with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                    cursor.execute(f"lock table {named} in access exclusive mode nowait")
                return
            except OperationalError as refused:
                if not isinstance(refused.__cause__, LockNotAvailable):
                    raise
                if time.monotonic() > until:
                    raise OperationalError(f"{TOO_BUSY} ({', '.join(self.tables)})") from refused
            time.sleep(self.asks_every)

    database_backwards = database_forwards

    def describe(self) -> str:
        """In the words of the command."""
        return f"Hold {', '.join(self.tables)} together"
