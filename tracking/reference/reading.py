"""What the pages of the dated tables show: rows of a year, how sure we are, what changed, who changed it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from neet.accounts.models import User
from tracking.reference.columns import Column, Kind, Table
from tracking.reference.models import ReferenceRow, ReferenceYear
from tracking.reference.rules import changed_columns, ends_on, starts_on, sureness
from tracking.reference.tables import TABLES
from tracking.rules.codes import Evidence

FIRST_YEAR = 2015
TONES = {Evidence.CONFIRMED: "good", Evidence.CARRIED_OVER: "waiting", Evidence.UNCONFIRMED: "attention"}
EVIDENCE_WORDS = {
    Evidence.CONFIRMED: "Confirmed",
    Evidence.CARRIED_OVER: "Carried over",
    Evidence.UNCONFIRMED: "Not confirmed",
}
ABBREVIATED = {"EET", "NEET"}
YES_NO = {"Y": "Yes", "N": "No"}
# Shown on a row's own page only: a list of rows stays readable.
NOT_IN_LISTS = {
    "last_seen", "note", "label", "ons_code", "participation_type", "duty_evidence", "field",
    "letter", "after_days", "unanswered_only", "attempts", "refers_to", "reason", "closes_when",
    "closes_month", "unless",
}  # fmt: skip


class NotThere(LookupError):
    """No such table or row."""


@dataclass(frozen=True)
class Sure:
    """How sure we are of a row, in words and a tone."""

    evidence: Evidence
    words: str
    tone: str


@dataclass(frozen=True)
class ShownRow:
    """A row as a list shows it: its words by column, its days, how sure we are."""

    id: int
    key: str
    title: str
    cells: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    sure: Sure


@dataclass(frozen=True)
class TableState:
    """A table in one year: how many rows stand how firmly."""

    table: Table
    rows: int
    confirmed: int
    carried_over: int
    unconfirmed: int

    @property
    def to_check(self) -> int:
        return self.rows - self.confirmed


@dataclass(frozen=True)
class Difference:
    """What one key says this year that it did not say the year before."""

    table: Table
    title: str
    what: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """One state of a row: what it said, since when it was recorded, by whom, and what was done."""

    at: datetime
    by: str
    did: str
    details: tuple[str, ...]


def table_named(name: str) -> Table:
    """A dated table by name. Raises NotThere."""
    if name not in TABLES:
        raise NotThere
    return TABLES[name]


def row_by_id(row_id: int) -> ReferenceRow:
    """One row. Raises NotThere."""
    row = ReferenceRow.objects.filter(pk=row_id, table__in=TABLES).first()
    if row is None:
        raise NotThere
    return row


def sure_of(row: ReferenceRow, year: int) -> Sure:
    evidence = sureness(row.evidence, row.values.get("last_seen", ""), row.valid_from, year)
    return Sure(evidence, EVIDENCE_WORDS[evidence], TONES[evidence])


def rows_in_year(year: int, table: str = "") -> list[ReferenceRow]:
    """The rows that hold on some day of a reporting year, of one table or of all, in the order of the tables."""
    found = ReferenceRow.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=starts_on(year)),
        valid_from__lte=ends_on(year),
        table__in=TABLES,
    )
    return list(found.filter(table=table) if table else found)


def states(year: int) -> list[TableState]:
    """Every table with its rows by how sure we are of them in that year; one statement."""
    counted: dict[str, Counter[Evidence]] = {name: Counter() for name in TABLES}
    for row in rows_in_year(year):
        counted[row.table][sure_of(row, year).evidence] += 1
    return [
        TableState(
            table, counted[name].total(),
            counted[name][Evidence.CONFIRMED],
            counted[name][Evidence.CARRIED_OVER],
            counted[name][Evidence.UNCONFIRMED],
        )
        for name, table in TABLES.items()
    ]  # fmt: skip


def list_columns(table: Table) -> tuple[Column, ...]:
    """The columns beside a row's title, which holds its key and our words for it."""
    left_out = NOT_IN_LISTS | {"plain_words", *(key for key in table.key if key != "value")}
    return tuple(column for column in table.columns if column.name not in left_out)


def shown_rows(table: Table, year: int, only: str = "") -> list[ShownRow]:
    """A table's rows of one year with words for their codes, those of one degree of certainty where asked."""
    rows = rows_in_year(year, table.name)
    if any(column.name == "order" for column in table.columns):
        rows.sort(key=lambda row: (not row.values.get("authority"), int(row.values["order"])))
    words = words_of_codes(table, year)
    shown = [shown_row(row, table, year, words) for row in rows]
    return [row for row in shown if row.sure.evidence == only] if only else shown


def shown_row(row: ReferenceRow, table: Table, year: int, words: Mapping[str, Mapping[str, str]]) -> ShownRow:
    cells = tuple(cell(row.values.get(column.name, ""), column, words) for column in list_columns(table))
    return ShownRow(
        row.pk, row.key, title_of(row, words), cells, row.valid_from, row.valid_to, sure_of(row, year)
    )


def cell(value: str, column: Column, words: Mapping[str, Mapping[str, str]]) -> str:
    """A value in words: Yes for Y, the name of a code with the code behind it."""
    if column.choices == ("Y", "N"):
        return YES_NO.get(value, value)
    if column.of_table and value in words.get(column.of_table, {}):
        return f"{words[column.of_table][value]} ({value})"
    if column.kind is Kind.FACTS:
        return ", ".join(column.facts.get(each, each) for each in value.split())
    return choice_words(value) if column.choices else value


def choice_words(choice: str) -> str:
    """A choice as it is read: "Not known" for NOT_KNOWN; EET and NEET stay as they are written."""
    return choice if choice in ABBREVIATED else choice.replace("_", " ").capitalize()


def title_of(row: ReferenceRow, words: Mapping[str, Mapping[str, str]]) -> str:
    """What a row is called: our words for a code, the words of the code it is about, its name."""
    values = row.values
    if values.get("plain_words"):
        return f"{values['plain_words']} ({values.get('code') or key_words(row)})"
    if code := values.get("activity_code"):
        about = words.get("activity_codes", {}).get(code, "")
        needs = values.get("needs", "").replace("_", " ")
        return " – ".join(part for part in (f"{about} ({code})" if about else code, needs) if part)
    if row.table == "error_rules":
        return f"Error {values['code']}"
    return key_words(row).capitalize()


def key_words(row: ReferenceRow) -> str:
    """What tells a row from others of its table, in one line."""
    return " ".join(row.values.get(column, "") for column in TABLES[row.table].key).replace("_", " ")


def words_of_codes(table: Table, year: int) -> dict[str, dict[str, str]]:
    """The words of the lists this table points to."""
    return words_of_lists({column.of_table for column in table.columns if column.of_table}, year)


def words_of_lists(tables: Iterable[str], year: int) -> dict[str, dict[str, str]]:
    """Our words for every code of some lists, as of a year; the latest row speaks where there are two."""
    words: dict[str, dict[str, str]] = {}
    for row in ReferenceRow.objects.filter(table__in=set(tables), valid_from__lte=ends_on(year)).order_by(
        "valid_from"
    ):
        words.setdefault(row.table, {})[row.key] = row.values.get("plain_words", "")
    return words


def differences(year: int) -> list[Difference]:
    """What the rules of this year's end say that those of the year before did not, table by table; two statements."""
    before = {(row.table, row.key): row for row in ReferenceRow.objects.holding(ends_on(year - 1))}
    after = {(row.table, row.key): row for row in ReferenceRow.objects.holding(ends_on(year))}
    words = words_of_lists(["activity_codes"], year)
    found = [
        difference(before.get(name), after.get(name), words)
        for name in sorted(before.keys() | after.keys())
        if name[0] in TABLES
    ]
    return [each for each in found if each]


def difference(
    before: ReferenceRow | None, after: ReferenceRow | None, words: Mapping[str, Mapping[str, str]]
) -> Difference | None:
    if before and after:
        table = TABLES[after.table]
        details = change_words(table, before.values, after.values)
        return Difference(table, title_of(after, words), "Changed", details) if details else None
    if row := after or before:
        return Difference(
            TABLES[row.table], title_of(row, words), "New" if after else "Ended", days_words(row)
        )
    return None


def days_words(row: ReferenceRow) -> tuple[str, ...]:
    return (
        f"{row.valid_from:%d %B %Y}".lstrip("0")
        + (f" to {row.valid_to:%d %B %Y}" if row.valid_to else " on"),
    )


def change_words(table: Table, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Each changed column as "Counts as: EET, was NEET"."""
    columns = {column.name: column for column in table.columns}
    said = []
    for name in changed_columns(before, after):
        if name in columns and name != "last_seen":
            now, was = (cell(each.get(name) or "", columns[name], {}) for each in (after, before))
            said.append(f"{columns[name].words}: {now or 'nothing'}, was {was or 'nothing'}")
    return tuple(said)


def looked_through(year: int) -> ReferenceYear | None:
    """Who looked through a year's rules, if anybody did."""
    return ReferenceYear.objects.select_related("looked_through_by").filter(starts_on=starts_on(year)).first()


def years(today_year: int) -> range:
    """The years there are rules for, next year among them, newest first."""
    return range(today_year + 1, FIRST_YEAR - 1, -1)


VERSIONS = """
    SELECT h.recorded_at, e.user_id, e.kind, h.values, h.valid_from, h.valid_to, h.evidence, h.id
    FROM tracking_referencerow_history h LEFT JOIN audit_auditevent e ON e.id = h.event_id
    WHERE h."table" = %s AND (%s = '' OR h.key = %s)
    ORDER BY h.recorded_at, h.history_id
"""


def versions(table: Table, key: str) -> list[Version]:
    """Everything that was done to the rows of one key, newest first: by whom, when, and what the row said after."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [table.name, key, key])
        rows = cursor.fetchall()
    names = dict(User.objects.filter(pk__in={row[1] for row in rows if row[1]}).values_list("pk", "name"))
    return _told(table, rows, names)


def _told(table: Table, rows: list[tuple], names: Mapping[int, str]) -> list[Version]:
    last: dict[int, Mapping[str, str]] = {}
    told = []
    for at, user_id, kind, values, first, until, evidence, row_id in rows:
        state = {**_text(values), "from": f"{first:%d/%m/%Y}", "until": f"{until:%d/%m/%Y}" if until else ""}
        details = _said(table, last.get(row_id), state, evidence)
        last[row_id] = state
        by = names.get(user_id, "Somebody who left") if user_id else "The system"
        told.append(Version(at, by, DID.get(kind or "", "Changed"), details))
    return told[::-1]


DID = {
    "reference.codes_and_rules_loaded": "Came with the system",
    "reference.rule_added": "Added",
    "reference.rule_changed": "Changed",
    "reference.rule_corrected": "Put right",
    "reference.rule_ended": "Ended",
    "reference.rules_confirmed": "Confirmed",
}


def _text(values: Mapping[str, str] | str) -> Mapping[str, str]:
    return json.loads(values) if isinstance(values, str) else values


def _said(
    table: Table, before: Mapping[str, str] | None, after: Mapping[str, str], evidence: str
) -> tuple[str, ...]:
    days = f"From {after['from']}" + (f" until {after['until']}" if after["until"] else "")
    if before is None:
        return (days, f"How sure: {EVIDENCE_WORDS[Evidence(evidence)].lower()}")
    ended = () if before["until"] == after["until"] else (f"Until {after['until'] or 'further notice'}",)
    return (*change_words(table, before, after), *ended) or (
        f"How sure: {EVIDENCE_WORDS[Evidence(evidence)].lower()}",
    )
