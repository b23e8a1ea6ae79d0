"""Taking a register in from another system's DfE return: read, measured, and put in by a few statements."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection

from neet import clock
from returns.bring.incoming import COLUMNS, Sieve
from returns.bring.outcome import CannotTake, Outcome, Problem
from returns.nccis.header import refusals
from returns.nccis.reading import FileRejected, Reading
from schools.models import Authority
from tracking.models import Characteristic
from tracking.reference.queries import ruleset
from tracking.rules.codes import CohortKind

BEHIND = "The register already holds a later activity; this one was not taken."


def named_statements(path: Path) -> dict[str, str]:
    """The statements of a file by the name on the comment line above each, in their order."""
    found: dict[str, str] = {}
    for part in path.read_text().split("\n-- ")[1:]:
        name, _, statement = part.partition("\n")
        if statement.strip():
            found[name.strip()] = statement.strip().rstrip(";")
    return found


STEPS = named_statements(Path(__file__).resolve().parent / "take_in.sql")


def take_return(file: BinaryIO, authorities: Mapping[str, Authority]) -> Outcome:
    """Put a whole DfE return into the register; call it inside the act that records it.

    Only young people whose lead authority is among `authorities` are taken. Nothing the file leaves empty
    erases what is known. Raises CannotTake where the file cannot be read.
    """
    try:
        reading = Reading(file)
        period_end = _period_end(reading)
        sieve = Sieve({code: authority.pk for code, authority in authorities.items()}, period_end)
        _wait(sieve.rows(reading))
    except FileRejected as rejected:
        raise CannotTake(str(rejected)) from None
    counts = _take_in(period_end)
    problems = (*sieve.problems, *_behind())
    _forget()
    return Outcome({"read": sieve.read, **counts}, problems, period_end)


def _period_end(reading: Reading) -> date:
    period_end = reading.header.period_ends_on
    reasons = refusals(reading.header, ruleset(period_end or clock.today()))
    if period_end is None or reasons:
        raise FileRejected(" ".join(reasons))
    return period_end


def _wait(rows: Iterable[tuple[object, ...]]) -> None:
    kinds = {name: "date" if room is None else "text" for name, room in COLUMNS.items()}
    columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
    names = ["row_number", "authority_id", *kinds, "characteristics"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"create temp table incoming (row_number int, authority_id bigint, {columns},"
            " characteristics text[], person_id bigint, activity_id bigint,"
            " behind boolean not null default false) on commit drop"
        )
        with cursor.copy(f"copy incoming ({', '.join(names)}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("analyze incoming")


def _take_in(period_end: date) -> dict[str, int]:
    asked: dict[str, Any] = {
        "period_end": period_end,
        "plan": Characteristic.EHCP,
        "support": Characteristic.SEN_SUPPORT,
        "merged": sorted(ruleset(period_end).cohort_letters(CohortKind.MERGED)),
    }
    counts = {}
    with connection.cursor() as cursor:
        for name, statement in STEPS.items():
            cursor.execute(statement, asked)
            counts[name] = cursor.fetchone()[0]
    return counts


def _behind() -> list[Problem]:
    with connection.cursor() as cursor:
        cursor.execute("select row_number, young_persons_id, activity_code from incoming where behind")
        return [Problem(row, number, "ActivityCode", code, BEHIND) for row, number, code in cursor.fetchall()]


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop table incoming")
