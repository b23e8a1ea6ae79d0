"""Inventing the county register, beside the limit: the same rows by COPY into bare tables."""

import io

from django.db import connection, transaction

from tests.bench._measuring import COUNTY, Figure, measured_county, report, timed
from tracking.register.models import YoungPerson
from tracking.seeding.sheets import COLUMNS


def copied_out() -> dict[str, bytes]:
    """Every row of the register as COPY writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            held = io.BytesIO()
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) TO STDOUT") as stream:
                for block in stream:
                    held.write(block)
            found[table] = held.getvalue()
    return found


def copy_in(rows: dict[str, bytes]) -> None:
    """The same rows into tables without index, constraint, trigger or history; undone."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, content in rows.items():
            columns = ", ".join(COLUMNS[table])
            cursor.execute(f"CREATE TABLE bare AS SELECT {columns} FROM {table} WITH NO DATA")
            with cursor.copy(f"COPY bare ({columns}) FROM STDIN") as stream:
                stream.write(content)
            cursor.execute("DROP TABLE bare")


def main() -> None:
    if YoungPerson.objects.exists():
        raise SystemExit("This measurement begins with an empty register.")
    ours = measured_county()
    rows = copied_out()
    limit = timed(lambda: copy_in(rows))
    count = sum(content.count(b"\n") for content in rows.values())
    report(
        Figure(
            f"invent a county, {COUNTY:,} people, {count:,} rows, history and situations",
            f"{ours:.1f} s",
            f"COPY of the same rows into bare tables {limit:.2f} s",
            ours / limit,
            1,
        )
    )


if __name__ == "__main__":
    main()
