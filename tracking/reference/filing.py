"""A line of a file as a change of a dated table: opened, put right, changed from a day on, or ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from tracking.reference.editing import Change, Changed, Refused, add_row, close_row, edit_row
from tracking.reference.models import ReferenceRow
from tracking.reference.rules import Period, changed_columns
from tracking.reference.tables import TABLES

WHY = "from a file"


@dataclass(frozen=True)
class Line:
    """What a line of a file says of one row of a table."""

    table: str
    values: Mapping[str, str]
    period: Period
    evidence: str

    @property
    def text(self) -> dict[str, str]:
        names = {column.name for column in TABLES[self.table].columns}
        return {name: value for name, value in self.values.items() if name in names}

    @property
    def key(self) -> str:
        return TABLES[self.table].key_of(self.text)


def says_nothing_new(line: Line) -> bool:
    """Whether the row stands as the line has it."""
    same = ReferenceRow.objects.filter(table=line.table, key=line.key, valid_from=line.period.first).first()
    return same is not None and not _differs(same, line) and same.valid_to == line.period.last


def take_line(*, line: Line, by: User | None) -> Changed | None:
    """Bring the table to what the line says, through the same acts as the editor's; None where it says nothing new.

    The row of the line's first day is put right or ended. Where another row of that key holds on that day, the line
    takes over from it. Otherwise a row is opened. Raises Refused.
    """
    if says_nothing_new(line):
        return None
    rows = ReferenceRow.objects.filter(table=line.table, key=line.key)
    change = Change(line.text, line.period.first, line.evidence, WHY)
    if same := rows.filter(valid_from=line.period.first).first():
        return _brought_to(same, line, change, by)
    if holding := rows.holding(line.period.first).first():
        taken = edit_row(row=holding, change=change, by=by)
        return _ended(taken, line.period.last, by)
    return add_row(table=line.table, change=change, until=line.period.last, by=by)


def _brought_to(row: ReferenceRow, line: Line, change: Change, by: User | None) -> Changed:
    done = edit_row(row=row, change=change, by=by) if _differs(row, line) else Changed(row)
    return _ended(done, line.period.last, by)


def _ended(done: Changed, last_on: date | None, by: User | None) -> Changed:
    if last_on == done.row.valid_to:
        return done
    if last_on is None:
        raise Refused("A row that ends stays ended. Add a line that begins the day after.")
    closed = close_row(row=done.row, last_on=last_on, why=WHY, by=by)
    return Changed(closed.row, done.codes | closed.codes)


def _differs(row: ReferenceRow, line: Line) -> bool:
    return bool(changed_columns(row.values, line.text)) or row.evidence != line.evidence
