"""Who is who on a register of two million: recall, precision, time and memory of a return of 15,000 rows.

England's people exist for this measurement only, in a schema of their own that holds what the matcher reads of them:
names, days, numbers and homes as the seed invents them, in many towns, as one authority's register.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from django.db import connection, transaction

from returns.intake.matching import match_rows
from returns.intake.models import IntakeRow
from schools.models import Authority, Establishment
from tests.bench._measuring import Figure, report, timed
from tests.factories import make_authority, make_collection, make_college, make_expected, make_intake
from tests.returns.intake._sent import sent
from tests.tracking.rules.matching._returns import ON, council, row_of
from tracking.seeding import identifiers
from tracking.seeding.people import Numbering, Person, people

COUNCILS, EACH, ROWS, SEEDS = 150, 13_334, 15_000, (91, 92)
FIRST = 1_000_000_000  # nobody else has such a number
COLUMNS = {
    "tracking_youngperson": "id, authority_id, young_person_id, given_name, middle_name, family_name, known_as,"
    " date_of_birth, gender, upn, uln",
    "tracking_residence": "id, person_id, line_1, town, postcode",
}
LIKE = """
create unlogged table england.{table} as select * from public.{table} with no data
"""
INDEXES = """
select replace(indexdef, ' ON public.', ' ON england.') from pg_indexes
where schemaname = 'public' and tablename = any(%s) and indexdef not like '%%USING gin%%'
"""


def make_england(authority: Authority) -> None:
    """Everybody, in the tables every later statement of this transaction means."""
    with connection.cursor() as cursor:
        cursor.execute("create schema england")
        for table in COLUMNS:
            cursor.execute(LIKE.format(table=table))
        cursor.execute("set local search_path to england, public")
        for which in range(COUNCILS):
            dice = Random(which)
            for table, rows in zip(
                COLUMNS, rows_of(dice, list(people_of(dice, which)), authority.pk), strict=True
            ):
                with cursor.copy(f"copy {table} ({COLUMNS[table]}) from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
        cursor.execute(INDEXES, [list(COLUMNS)])
        for (index,) in cursor.fetchall():
            cursor.execute(index)
        for table in COLUMNS:
            cursor.execute(f"analyze {table}")


def people_of(dice: Random, which: int) -> Iterator[Person]:
    """One council's share, in towns of its own."""
    place = council(which)
    towns = tuple(
        replace(town, area=10 + (which * len(place.towns) + number) % 89)
        for number, town in enumerate(place.towns)
    )
    return people(dice, replace(place, towns=towns), EACH, Numbering(which * EACH + 1, FIRST, ON))


def rows_of(dice: Random, everybody: list[Person], authority_id: int) -> tuple[list[tuple], list[tuple]]:
    persons, homes = [], []
    for person in everybody:
        row, number = row_of(dice, person), FIRST + person.serial
        upn = identifiers.upn(
            f"{8_000_000 + person.serial // 100_000}", person.serial // 1_000, person.serial
        )
        persons.append((
            number, authority_id, f"{person.serial:013d}", person.given, person.middle, person.family, "",
            date.fromisoformat(row["date_of_birth"]), row["gender"], row["upn"] and upn, row["uln"],
        ))  # fmt: skip
        homes.append((number, number, person.line_1, person.town.name, row["postcode"]))
    return persons, homes


def measured(
    mix: str, seed: int, authority: Authority, college: Establishment
) -> tuple[float, float, float, float]:
    """Recall and precision, seconds and the most memory in use, of one return about them."""
    with transaction.atomic():
        among = [FIRST + number for number in Random(seed).sample(range(1, COUNCILS * EACH), ROWS + 600)]
        came = sent(mix, seed, ROWS, authority.pk, among)
        intake = make_intake(make_expected(college, make_collection(authority)))
        IntakeRow.objects.bulk_create(
            IntakeRow(intake=intake, number=number, clean=row)
            for number, row in enumerate(came.rows, start=2)
        )
        forget_most_memory()
        seconds = timed(lambda: match_rows(intake))
        memory = most_memory()
        linked = intake.rows.filter(found__in=["exact", "linked"]).values_list("number", "person_id")
        right = sum(came.truth.get(number) == person for number, person in linked)
        transaction.set_rollback(True)
    return right / len(came.truth), right / len(linked), seconds, memory


def forget_most_memory() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def most_memory() -> float:
    """Megabytes this process held at most since that was forgotten."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    with transaction.atomic():
        authority, college = make_authority(), make_college()
        took = timed(lambda: make_england(authority))
        print(f"{COUNCILS * EACH:,} people invented in {took:.0f} s", flush=True)
        for mix in ("messy", "college"):
            recalls, precisions, seconds, memory = zip(
                *(measured(mix, seed, authority, college) for seed in SEEDS), strict=True
            )
            said = (
                f"recall {min(recalls):.4f} to {max(recalls):.4f} at precision {min(precisions):.5f} or more"
            )
            what = (
                f"find a return's pupils, {mix}, 15,000 rows against two million people, {len(SEEDS)} seeds"
            )
            took_most = f"{min(seconds):.0f} s, at most {max(memory):.0f} MB of memory"
            report(Figure(what, f"{said}, {took_most}", "no peer", None, len(SEEDS)))
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
