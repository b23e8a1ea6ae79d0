"""Columns of days: one cell, and what only the whole column tells, which number is the day and which the month.

3/4/2008 alone says nothing. 25/12/2008 anywhere in a column says that the day stands first, 12/25/2008 that the month
does. A column is read one way throughout, and where that is not the British way its sender is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from neet.files.rules.days import Order, is_certain, no_such_day, numbers_of, read_day
from returns.intake.layouts.columns import Column, Kind, Layout
from returns.intake.rules.context import NOTHING, Context, Read, Written, plain, wrong
from returns.intake.rules.texts import NO_WORDS

MONTHS = 12
ENOUGH_LEFT_AS_TEXT, ENOUGH_TURNED = 2, 4
EMPTY_DAYS = frozenset({"0", "00/00/0000", "1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in one column."""

    only_day_first: int
    only_month_first: int
    certain: int
    certain_above_twelve: int
    either: int


def written(values: Iterable[str]) -> Written:
    """How a column's days are written, from all its values; the British way unless something speaks against it.

    MONTH_FIRST: some cannot be day first, none cannot be month first. BOTH: there are some of either.
    TURNED: an American spreadsheet opened a British file; it turned every day up to the 12th and left the others
    standing as text.
    """
    counted = _counted(values)
    if counted.only_month_first:
        return Written.BOTH if counted.only_day_first else Written.MONTH_FIRST
    turned = counted.certain >= ENOUGH_TURNED and not counted.certain_above_twelve and not counted.either
    if turned and counted.only_day_first >= ENOUGH_LEFT_AS_TEXT:
        return Written.TURNED
    return Written.DAY_FIRST


def columns_written(layout: Layout, rows: Iterable[Mapping[str, str]]) -> Mapping[str, Written]:
    """How each column of days is written, by column name; only those with something to ask about."""
    days = [column.name for column in layout.columns if column.kind is Kind.DAY]
    values: dict[str, list[str]] = {name: [] for name in days}
    for row in rows:
        for name in days:
            if value := row.get(name):
                values[name].append(value)
    found = {name: written(values[name]) for name in days}
    return {name: way for name, way in found.items() if way is not Written.DAY_FIRST}


def still_fitting(orders: Mapping[str, Order], rows: Iterable[Mapping[str, str]]) -> dict[str, Order]:
    """Of the orders said of an earlier file, by column name, those no day of this one speaks against."""
    values: dict[str, list[str]] = {name: [] for name in orders}
    for row in rows:
        for name, column in values.items():
            if value := row.get(name):
                column.append(value)
    counted = {name: _counted(column) for name, column in values.items()}
    against = {
        name: counted[name].only_month_first if order is Order.DAY_FIRST else counted[name].only_day_first
        for name, order in orders.items()
    }
    return {name: order for name, order in orders.items() if not against[name]}


def _counted(values: Iterable[str]) -> Counted:
    day_first = month_first = certain = above = either = 0
    for value in dict.fromkeys(values):
        numbers = numbers_of(value)
        if numbers:
            first, second = numbers
            day_first += second <= MONTHS < first
            month_first += first <= MONTHS < second
            either += first <= MONTHS >= second and first != second
        elif is_certain(value) and (day := read_day(value)):
            certain += 1
            above += day.day > MONTHS
    return Counted(day_first, month_first, certain, above, either)


def read_day_cell(text: str, column: Column, context: Context) -> Read:
    """A day as ISO, read as the column is written."""
    if text in EMPTY_DAYS or text.lower() in NO_WORDS:
        return NOTHING
    way = (context.written or {}).get(column.name, Written.DAY_FIRST)
    order = context.orders.get(column.name) or (
        Order.MONTH_FIRST if way is Written.MONTH_FIRST else Order.DAY_FIRST
    )
    latest = context.today.year + max(column.years[1] if column.years else 1, 0)
    day = read_day(text, order, latest)
    if not day:
        return _no_day(text, order)
    if column.name in context.orders or not _is_asked(text, way):
        return plain(day.isoformat())
    return _asked(day.isoformat(), way)


def _no_day(text: str, order: Order) -> Read:
    if why := no_such_day(text, order):
        other = Order.DAY_FIRST if order is Order.MONTH_FIRST else Order.MONTH_FIRST
        swapped = read_day(text, other)
        fix = f"Did you mean {swapped:%d/%m/%Y}? Write day, month, year." if swapped else "Correct the day."
        return wrong("no_such_day", why, fix)
    return wrong("not_a_day", "This is not a date.", "Write day, month and year, like 31/12/2009.")


def _is_asked(text: str, way: Written) -> bool:
    if way is Written.DAY_FIRST:
        return False
    if way is Written.TURNED:
        return is_certain(text)
    numbers = numbers_of(text)
    return bool(
        numbers and numbers[0] != numbers[1] and (way is Written.MONTH_FIRST or max(numbers) <= MONTHS)
    )


_WHY = {
    Written.MONTH_FIRST: "Read with the month first: other dates of this column make sense only that way.",
    Written.BOTH: "Read with the day first, though some dates of this column have the month first.",
    Written.TURNED: "Day and month may be swapped: the spreadsheet made dates only of days up to the 12th.",
}


def _asked(day: str, way: Written) -> Read:
    fix = f"It was read as {day[8:]}/{day[5:7]}/{day[:4]}. Correct it, or say that it is right."
    return wrong("day_order", _WHY[way], fix, day)
