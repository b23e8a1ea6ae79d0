"""Taking a register in from another system's DfE return, and taking such a load back."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.bring.incoming import COLUMNS, Problem, Sieve
from returns.bring.kinds import Kind
from returns.bring.models import Load, NotTaken
from returns.nccis.header import refusals
from returns.nccis.reading import FileRejected, Reading
from schools.models import Authority
from tracking.models import Characteristic
from tracking.reference.queries import ruleset

SOURCE = (Path(__file__).resolve().parent / "take_in.sql").read_text()
BEHIND = "The register already holds a later activity; this one was not taken."


@dataclass(frozen=True)
class Returned:
    """A DfE return to take in: the open file, and the authorities whose young people may be taken."""

    file: BinaryIO
    authorities: Mapping[str, Authority]


@dataclass(frozen=True)
class Undone:
    """What taking a load back did to one table, and how many rows stay because something changed since."""

    table: str
    put_back: int
    removed: int
    left: int


class AlreadyUndone(Exception):
    """The load has been taken back before."""


def steps() -> dict[str, str]:
    """The statements of take_in.sql by the name on the line above each."""
    found: dict[str, str] = {}
    for part in SOURCE.split("\n-- ")[1:]:
        name, _, statement = part.partition("\n")
        if statement.strip():
            found[name.strip()] = statement.strip().rstrip(";")
    return found


STEPS = steps()


def load_return(*, returned: Returned, by: User | None) -> Load:
    """Take a whole DfE return into the register in one transaction (R154).

    Idempotent: the same file again changes nothing. What cannot be taken as it stands is kept with the load, with
    the reason; the rest is taken. Raises FileRejected, and nothing is taken, where the file cannot be read.
    """
    reading = Reading(returned.file)
    period_end = _period_end(reading)
    keys = {code: authority.pk for code, authority in returned.authorities.items()}
    sieve = Sieve(keys, period_end)
    whose = next(iter(keys.values())) if len(keys) == 1 else None
    with recorded(Kind.LOADED, by=by, authority_id=whose) as event:
        _wait(sieve.rows(reading))
        counts = _take_in(period_end)
        sieve.problems += _behind()
        _forget()
        load = Load.objects.create(
            authority_id=whose,
            kind=Load.Kind.RETURN,
            sha256=fingerprint(returned.file),
            period_end=period_end,
            event_id=event.pk,
            counts={"read": sieve.read, **counts},
            loaded_by=by,
        )
        _keep(load, sieve.problems)
        event.counts = {"read": sieve.read, **{name: count for name, count in counts.items() if count}}
    return load


def undo_load(*, load: Load, by: User | None, why: str = "") -> list[Undone]:
    """Take a load back: what it changed goes back where its change is still the current one, what it added goes
    where nothing else has come to depend on it. Raises AlreadyUndone."""
    with recorded(Kind.UNDONE, by=by, authority_id=load.authority_id, why=why) as event:
        load = Load.objects.select_for_update().get(pk=load.pk)
        if load.undone_at is not None:
            raise AlreadyUndone(f"This load was taken back on {load.undone_at:%-d %B %Y}.")
        with connection.cursor() as cursor:
            cursor.execute("select * from tracking_undo(%s)", [load.event_id])
            done = [Undone(name, back, gone, len(left)) for name, back, gone, left in cursor.fetchall()]
        load.undone_at, load.undone_by = clock.now(), by
        load.save(update_fields=["undone_at", "undone_by"])
        event.counts = {each.table: each.put_back + each.removed for each in done}
    return done


def fingerprint(file: BinaryIO) -> str:
    """sha256 of the whole file, wherever it was read to."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


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
            f"create temp table incoming (row_number int, authority_id bigint, {columns}, characteristics text[],"
            " person_id bigint, activity_id bigint, behind boolean not null default false) on commit drop"
        )
        with cursor.copy(f"copy incoming ({', '.join(names)}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("analyze incoming")


def _take_in(period_end: date) -> dict[str, int]:
    asked = {
        "period_end": period_end,
        "plan": Characteristic.EHCP,
        "support": Characteristic.SEN_SUPPORT,
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


def _keep(load: Load, problems: Iterable[Problem]) -> None:
    NotTaken.objects.bulk_create(
        [
            NotTaken(
                load=load,
                row=problem.row,
                number=problem.number,
                field=problem.field,
                value=problem.value,
                why=problem.why,
                whole_row=problem.whole_row,
            )
            for problem in problems
        ],
        batch_size=2000,
    )
