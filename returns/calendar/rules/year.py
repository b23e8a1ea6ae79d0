"""The days of one year's returns, from the lines of the calendar and the council's terms (R10, R15, R148)."""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from neet.working_days import on_or_before, working_day_of
from returns.calendar.rules.school_days import SchoolDays
from tracking.rules.academic_year import FIRST_MONTH
from tracking.rules.return_calendar import AsAt, DayRule, DueRule, ReturnLine


@dataclass(frozen=True, slots=True)
class Planned:
    """One return of a year before it is asked for. `written_on` is the day the rule names, `due_on` where it came to
    lie; they differ where nobody works, or no school, on the day named."""

    line: ReturnLine
    key: str
    title: str
    written_on: date
    due_on: date
    as_at: date
    opens_on: date
    remind_days: tuple[int, ...]

    @property
    def is_moved(self) -> bool:
        return self.due_on != self.written_on

    @property
    def type(self) -> str:
        return self.line.type


@dataclass(frozen=True, slots=True)
class Before:
    """How the same return stood in the calendar the year before."""

    due_on: date
    opens_on: date
    remind_days: tuple[int, ...]


def planned_of(lines: Iterable[ReturnLine], year: int, days: SchoolDays) -> list[Planned]:
    """Every return of the academic year that begins in `year`, in the order of its days."""
    found = (_planned(line, month, year, days) for line in lines for month in line.months)
    return sorted(found, key=lambda each: (each.due_on, each.key))


def key_of(line: ReturnLine, month: int) -> str:
    """What tells a return of the year from the others, the same every year."""
    return f"{line.code}:{month:02}" if len(line.months) > 1 else line.code


def code_of(key: str) -> str:
    """The line a return was made from."""
    return key.partition(":")[0]


def as_before(planned: Planned, usual: Planned | None, before: Before | None, days: SchoolDays) -> Planned:
    """The same with what was changed by hand the year before: so many days earlier or later than the rule said then,
    open as long, and with those reminders. `usual` is what the rule said the year before."""
    if usual is None or before is None:
        return planned
    offset = before.due_on - usual.due_on
    due_on = _settled(planned.line, planned.written_on + offset, days) if offset else planned.due_on
    open_for = before.due_on - before.opens_on
    return replace(
        planned,
        due_on=due_on,
        as_at=min(_as_at(planned.line, planned.written_on, due_on, due_on - open_for), due_on),
        opens_on=due_on - open_for,
        remind_days=before.remind_days,
    )


def moved_to(planned: Planned, due_on: date) -> Planned:
    """The same, due on another day that a person chose; it stays open as long."""
    opens_on = due_on - (planned.due_on - planned.opens_on)
    as_at = min(_as_at(planned.line, due_on, due_on, opens_on), due_on)
    return replace(planned, written_on=due_on, due_on=due_on, opens_on=opens_on, as_at=as_at)


def day_named(rule: DayRule, year: int, month: int) -> date:
    """The day of a month in the academic year that begins in `year`, as the rule writes it."""
    first = date(year + (month < FIRST_MONTH), month, 1)
    if rule.rule is DueRule.WORKING_DAY:
        return working_day_of(first, rule.number)
    if rule.weekday is None:
        return _numbered(first, rule.number)
    if rule.rule is DueRule.WEEKDAY_UNTIL:
        last = _numbered(first, rule.number)
        return last - timedelta(days=(last.weekday() - rule.weekday.number) % 7)
    return _nth(first, rule.number, rule.weekday.number)


def _numbered(first: date, number: int) -> date:
    length = _length(first)
    return first.replace(day=min(number, length) if number > 0 else max(1, length + 1 + number))


def _nth(first: date, number: int, weekday: int) -> date:
    days = [day for day in range(1, _length(first) + 1) if first.replace(day=day).weekday() == weekday]
    at = number - 1 if number > 0 else number
    return first.replace(day=days[max(-len(days), min(at, len(days) - 1))])


def _length(first: date) -> int:
    return calendar.monthrange(first.year, first.month)[1]


def _planned(line: ReturnLine, month: int, year: int, days: SchoolDays) -> Planned:
    written_on = day_named(line.due, year, month)
    due_on = _settled(line, written_on, days)
    opens_on = due_on - timedelta(days=line.opens_days)
    as_at = min(_as_at(line, written_on, due_on, opens_on), due_on)
    title = line.words if len(line.months) == 1 else f"{line.words}, {written_on:%B}"
    return Planned(line, key_of(line, month), title, written_on, due_on, as_at, opens_on, line.remind_days)


def _settled(line: ReturnLine, day: date, days: SchoolDays) -> date:
    """The day itself, or the last one before it on which those asked are at work."""
    return days.on_or_before(day) if line.avoids_holidays else on_or_before(day)


def _as_at(line: ReturnLine, written_on: date, due_on: date, opens_on: date) -> date:
    month = written_on.replace(day=1)
    return {
        AsAt.DUE: due_on,
        AsAt.OPENS: opens_on,
        AsAt.MONTH_BEGINS: month,
        AsAt.MONTH_BEFORE_ENDS: month - timedelta(days=1),
    }[line.as_at]


def a_year_later(day: date) -> date:
    """The same day of the next year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def months_of(year: int) -> Iterator[date]:
    """The first days of the twelve months of an academic year, September first."""
    for number in range(12):
        month = (FIRST_MONTH - 1 + number) % 12 + 1
        yield date(year + (month < FIRST_MONTH), month, 1)
