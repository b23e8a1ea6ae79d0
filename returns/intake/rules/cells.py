"""The rows of a return made clean: values as the register writes them, every problem named, none stopping the rest."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.rules import choices, numbers, texts
from returns.intake.rules.context import NOTHING, Context, Read, Reader, wrong
from returns.intake.rules.days import columns_written, read_day_cell
from returns.intake.rules.found import Found, Trouble, found
from returns.intake.rules.rows import CHECKED_BY, check, settle

READERS: Mapping[Kind, Reader] = MappingProxyType(
    {
        Kind.NAME: texts.read_name,
        Kind.WHOLE_NAME: texts.read_whole_name,
        Kind.TEXT: texts.read_text,
        Kind.DAY: read_day_cell,
        Kind.PERSON_NUMBER: numbers.read_person_number,
        Kind.UPN: numbers.read_upn,
        Kind.ULN: numbers.read_uln,
        Kind.POSTCODE: numbers.read_postcode,
        Kind.PHONE: numbers.read_phone,
        Kind.EMAIL: numbers.read_email,
        Kind.YES_NO: choices.read_yes_no,
        Kind.GENDER: choices.read_gender,
        Kind.YEAR_GROUP: choices.read_year_group,
        Kind.ACTIVITY: choices.read_activity,
        Kind.CHOICE: choices.read_choice,
    }
)
TEXT_MARK = "'"  # typed before a number so that a spreadsheet leaves it alone
NO_MARK = frozenset({Kind.NAME, Kind.WHOLE_NAME, Kind.TEXT})
HASHES = "##"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One row: values by column name (days ISO, numbers in one spelling, Y or N; only columns that hold something),
    its problems, and the names of the columns left out because somebody objected."""

    number: int
    values: dict[str, str]
    problems: list[Found]
    left_out: tuple[str, ...] = ()


def clean(layout: Layout, values: Mapping[str, str], context: Context, number: int = 0) -> Cleaned:
    """One row by itself. Its days are read with the day first unless the context says otherwise."""
    return _Cleaning(layout, context, values).row(number, values)


def clean_many(
    layout: Layout, rows: Sequence[tuple[int, Mapping[str, str]]], context: Context
) -> list[Cleaned]:
    """All rows of a file, given as (row number, sent value by column name), in their order.

    What only the whole column tells (which number is the day, which the month) is decided over all rows.
    """
    return list(clean_each(layout, rows, context))


def clean_each(
    layout: Layout, rows: Sequence[tuple[int, Mapping[str, str]]], context: Context
) -> Iterator[Cleaned]:
    """The same, each row as it is asked for, so that it can be on its way while the next is cleaned."""
    if context.written is None:
        context = replace(context, written=columns_written(layout, (sent for _, sent in rows)))
    present: set[str] = set()
    for _, sent in rows:
        present.update(sent)
    cleaning = _Cleaning(layout, context, present)
    return (cleaning.row(number, sent) for number, sent in rows)


def clean_cell(layout: Layout, name: str, value: str, context: Context) -> Read:
    """One value as somebody types it on a page, day first: what is kept, and what is wrong with it."""
    return _Known(layout.column(name), replace(context, orders={}, written={}))[value]


def without_extras(layout: Layout, values: Mapping[str, str]) -> dict[str, str]:
    """What may be kept of a row whose learner objected (Education and Skills Act 2008, section 14)."""
    kept = layout.kept_of_objectors()
    return {name: value for name, value in values.items() if name in kept}


class _Cleaning:
    """The cleaning of one file. Equal values of a column are read once."""

    def __init__(self, layout: Layout, context: Context, present: Collection[str]) -> None:
        self.layout, self.context = layout, context
        self.known = {column.name: _Known(column, context) for column in layout.columns}
        asked = context.is_college
        self.required = [
            column.name
            for column in layout.columns
            if column.required or (asked and column.required_at_colleges and column.name in present)
        ]
        self.wanted = [column.name for column in layout.columns if column.wanted and column.name in present]
        self.all_asked = {*self.required, *self.wanted}
        self.fills_activity = "activity" in layout.by_name
        self.checked: dict[tuple[str | None, ...], list[tuple[str, Trouble]]] = {}

    def row(self, number: int, sent: Mapping[str, str]) -> Cleaned:
        """One row, clean."""
        known = self.known
        values: dict[str, str] = {}
        troubles: list[tuple[str, Trouble]] = []
        for name, raw in sent.items():
            if raw and (cells := known.get(name)) is not None:
                value, wrong_with_it = cells[raw]
                if value:
                    values[name] = value
                if wrong_with_it:
                    troubles += [(name, trouble) for trouble in wrong_with_it]
        if self.fills_activity and "activity" not in values and not _is_about(troubles, "activity"):
            values["activity"] = self.context.full_time_here
        troubles += settle(self.layout, values, self.context)
        troubles += self._empty(values, troubles)
        troubles += self._checked(values)
        return self._row(number, sent, values, troubles)

    def _checked(self, values: dict[str, str]) -> list[tuple[str, Trouble]]:
        """What is wrong with a row as a whole; rows alike in what that hangs on are looked at once."""
        alike = tuple(map(values.get, CHECKED_BY))
        if (found := self.checked.get(alike)) is None:
            found = self.checked[alike] = list(check(self.layout, values, self.context))
        return found

    def _empty(
        self, values: Mapping[str, str], troubles: Iterable[tuple[str, Trouble]]
    ) -> list[tuple[str, Trouble]]:
        if self.all_asked <= values.keys():
            return []
        missing = [(name, MISSING) for name in self.required if name not in values]
        missing += [(name, WANTED) for name in self.wanted if name not in values]
        said = {name for name, _ in troubles}
        if "whole_name" in said or any(trouble.kind == "names_together" for _, trouble in troubles):
            said |= {"family_name", "given_name"}
        return [(name, trouble) for name, trouble in missing if name not in said]

    def _row(
        self,
        number: int,
        sent: Mapping[str, str],
        values: dict[str, str],
        troubles: list[tuple[str, Trouble]],
    ) -> Cleaned:
        if values.get("objection") != choices.YES:
            return Cleaned(
                number, values, [found(number, name, sent.get(name, ""), each) for name, each in troubles]
            )
        kept = self.layout.kept_of_objectors()
        extras = tuple(
            name for name, value in sent.items() if value and name in self.layout.by_name and name not in kept
        )
        problems = [found(number, name, sent.get(name, ""), each) for name, each in troubles if name in kept]
        if extras:
            problems.append(found(number, "objection", "", _left_out(len(extras))))
        return Cleaned(number, without_extras(self.layout, values), problems, extras)


MISSING = Trouble("missing", "This cell is empty, and every row needs it.", "Type it in.")
WANTED = Trouble("wanted", "This cell is empty.", "Type it in, or say why you do not have it.")


class _Known(dict[str, Read]):
    """Values of one column and how they were read; reads a new one when it is asked for."""

    def __init__(self, column: Column, context: Context) -> None:
        super().__init__()
        self.column, self.context = column, context
        self.reader, self.may_have_mark = READERS[column.kind], column.kind not in NO_MARK

    def __missing__(self, raw: str) -> Read:
        text = texts.tidy(raw)
        if self.may_have_mark and text.startswith(TEXT_MARK):
            text = text.lstrip(TEXT_MARK).strip()
        if not text:
            answer = NOTHING
        elif text[0] == "#" and (text.upper() in texts.SPREADSHEET_ERRORS or text.startswith(HASHES)):
            why = "The spreadsheet shows an error in place of the value."
            answer = wrong("spreadsheet_error", why, "Type the value in place of the formula.")
        else:
            answer = self.reader(text, self.column, self.context)
        self[raw] = answer
        return answer


def _is_about(troubles: Iterable[tuple[str, Trouble]], column: str) -> bool:
    return any(name == column for name, _ in troubles)


LEFT_OUT = "They objected: {details} left out. Name, address, date of birth and what they are doing stay."
NEXT_TIME = "Nothing to do. Next time you can leave those cells empty."


def _left_out(number: int) -> Trouble:
    words = "1 detail was" if number == 1 else f"{number} details were"
    return Trouble("objection_kept", LEFT_OUT.format(details=words), NEXT_TIME)
