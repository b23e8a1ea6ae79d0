"""Changing the dated tables by hand: a row is closed and a new one opened, so that past months keep their rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.reference.actions import DERIVING
from tracking.reference.kinds import Kind
from tracking.reference.models import ReferenceRow, ReferenceYear
from tracking.reference.queries import rows_of
from tracking.reference.rules import Period, changed_columns, confirmed_in, may_be_corrected, starts_on
from tracking.reference.tables import TABLES
from tracking.rules.codes import Evidence
from tracking.rules.ruleset import BadRow, RuleSet

# More people than this and their situations are worked out by a job instead of while somebody waits.
AT_ONCE = 20_000

CONCERNED = """
    SELECT s.person_id FROM tracking_situation s WHERE s.code = ANY(%(codes)s)
    UNION
    SELECT a.person_id FROM tracking_activity a WHERE a.code = ANY(%(codes)s) AND a.is_primary
"""


class Refused(ValueError):
    """The table may not be changed so; the message says why in words for the page."""


@dataclass(frozen=True)
class Change:
    """What a row is to say, from which reporting date, and how sure we are of it."""

    values: Mapping[str, str]
    from_on: date
    evidence: str = Evidence.UNCONFIRMED
    why: str = ""


@dataclass
class Changed:
    """What a change did: the rows it wrote, and the activity codes of those whose situation may rest on it."""

    row: ReferenceRow
    codes: frozenset[str] = field(default_factory=frozenset)


def add_row(*, table: str, change: Change, until: date | None = None, by: User | None) -> Changed:
    """Open a row for a new code or rule. Raises Refused where one of that key holds on the same days."""
    values = TABLES[table].values_of(change.values)
    key = TABLES[table].key_of(values)
    with recorded(Kind.ROW_ADDED, by=by, why=_named(table, key, change.why)):
        _lock(table, key)
        row = _write(table, key, values, change, until, by)
        return _checked(row)


def edit_row(*, row: ReferenceRow, change: Change, by: User | None) -> Changed:
    """Change a row from a reporting date on, or put it right where it stands.

    With a later date the row ends the day before and a new one takes over until where the old one ended. With the
    row's own first day it is put right in place, which is allowed while nothing was worked out with it, or where only
    words change. Raises Refused.
    """
    if change.from_on == row.valid_from:
        return _correct(row, change, by)
    if change.from_on < row.valid_from:
        raise Refused("The new row must begin after the row it replaces.")
    with recorded(Kind.ROW_CHANGED, by=by, why=_named(row.table, row.key, change.why)):
        _lock(row.table, row.key)
        row.refresh_from_db()
        if row.valid_to is not None and row.valid_to < change.from_on:
            raise Refused("This row ended before that day. Change the row that holds then.")
        until, values = row.valid_to, _same_key(row, change.values)
        _end(row, change.from_on - timedelta(days=1), by)
        return _checked(_write(row.table, row.key, values, change, until, by))


def close_row(*, row: ReferenceRow, last_on: date, why: str = "", by: User | None) -> Changed:
    """Let a row end after this reporting date; nothing takes its place. Raises Refused."""
    if last_on < row.valid_from:
        raise Refused("The last day must be on or after the day the row began.")
    with recorded(Kind.ROW_CLOSED, by=by, why=_named(row.table, row.key, why)):
        _lock(row.table, row.key)
        row.refresh_from_db()
        if row.valid_to is not None and row.valid_to <= last_on:
            raise Refused("This row ends by then already.")
        _end(row, last_on, by)
        return _checked(row)


def confirm_rows(*, rows: Iterable[ReferenceRow], year: int, by: User | None) -> int:
    """Say that these rows were read in that year's requirement and stand there as they stand here. Returns how many."""
    found = list(rows)
    with recorded(Kind.ROWS_CONFIRMED, by=by, why=f"for {confirmed_in(year)}") as event:
        for row in found:
            row.values = {**row.values, "last_seen": confirmed_in(year)}
            row.evidence, row.edited_by, row.edited_at = Evidence.CONFIRMED, by, clock.now()
        ReferenceRow.objects.bulk_update(found, ["values", "evidence", "edited_by", "edited_at"])
        event.counts = {"rows": len(found)}
    return len(found)


def look_through(*, year: int, remark: str = "", by: User) -> ReferenceYear:
    """Say that somebody looked through this reporting year's rules before its first file; said again, it is renewed."""
    with recorded(Kind.YEAR_LOOKED_THROUGH, by=by, why=confirmed_in(year)):
        said = {"looked_through_by": by, "looked_through_at": clock.now(), "remark": remark}
        return ReferenceYear.objects.update_or_create(starts_on=starts_on(year), defaults=said)[0]


def derive_situations_of(codes: Iterable[str]) -> None:
    """Where those stand who do one of these activities, worked out anew by the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tracking_situate(ARRAY({CONCERNED}))", {"codes": list(codes)})


def derive_for_rules_of(*, day: date) -> int:
    """Work out anew whom a rule concerns that begins on this day or ended the day before. Returns how many codes."""
    turning = Q(valid_from=day) | Q(valid_to=day - timedelta(days=1))
    rows = ReferenceRow.objects.filter(turning, table__in=DERIVING)
    codes = {code for row in rows for code in codes_of(row)}
    if codes:
        derive_situations_of(codes)
    return len(codes)


def codes_of(row: ReferenceRow) -> frozenset[str]:
    """The activity codes whose situations rest on a row; none for a table no situation rests on."""
    if row.table not in DERIVING:
        return frozenset()
    return frozenset({row.values.get("activity_code") or row.values.get("code") or row.key})


def how_many_concerned(codes: Iterable[str]) -> int:
    """How many young people do, or did, one of these activities."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({CONCERNED}) concerned", {"codes": list(codes)})
        return cursor.fetchone()[0]


def _correct(row: ReferenceRow, change: Change, by: User | None) -> Changed:
    with recorded(Kind.ROW_CORRECTED, by=by, why=_named(row.table, row.key, change.why)):
        _lock(row.table, row.key)
        row.refresh_from_db()
        values = _same_key(row, change.values)
        if not may_be_corrected(changed_columns(row.values, values), row.valid_from, clock.today()):
            raise Refused(
                "Figures were made with this row. Choose a later day from which the change is to hold."
            )
        row.values, row.evidence = values, change.evidence
        row.edited_by, row.edited_at = by, clock.now()
        row.save()
        return _checked(row)


def _write(
    table: str, key: str, values: dict[str, str], change: Change, until: date | None, by: User | None
) -> ReferenceRow:
    asked = Period(change.from_on, until)
    rows = ReferenceRow.objects.filter(table=table, key=key)
    if any(asked.overlaps(Period(row.valid_from, row.valid_to)) for row in rows):
        raise Refused("A row for this already holds on some of those days. Change or end that one.")
    return ReferenceRow.objects.create(
        table=table, key=key, values=values, valid_from=change.from_on, valid_to=until,
        evidence=change.evidence, edited_by=by, edited_at=clock.now(),
    )  # fmt: skip


def _end(row: ReferenceRow, last_on: date, by: User | None) -> None:
    row.valid_to, row.edited_by, row.edited_at = last_on, by, clock.now()
    row.save(update_fields=["valid_to", "edited_by", "edited_at"])


def _same_key(row: ReferenceRow, values: Mapping[str, str]) -> dict[str, str]:
    """The new text with the key of the old row: a code never turns into another one."""
    table = TABLES[row.table]
    return table.values_of({**values, **{column: row.values[column] for column in table.key}})


def _checked(row: ReferenceRow) -> Changed:
    """Refuse a row with which the rules of its days cannot be read."""
    try:
        for day in {row.valid_from, row.valid_to or row.valid_from, clock.today()}:
            RuleSet.from_rows(day, rows_of(day))
    except BadRow as problem:
        raise Refused(f"The rules could not be read with this row: {problem}") from problem
    return Changed(row, codes_of(row))


def _lock(table: str, key: str) -> None:
    """Two people change the same key one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", [table, key])


def _named(table: str, key: str, why: str) -> str:
    return f"{table} {key}: {why}" if why else f"{table} {key}"
