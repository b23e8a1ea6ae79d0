"""On which days a kind of meeting is held, and until when young people are named for it."""

from dataclasses import dataclass
from datetime import date, timedelta

from neet.working_days import on_or_before, working_day_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HowOften:
    """Every so many months, or in certain months of every year; on which working day, below zero from the end."""

    every_months: int = 1
    months: tuple[int, ...] = ()
    working_day: int = -5


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def next_days(often: HowOften, last_on: date | None, on: date, ahead: int) -> tuple[date, ...]:
    """The days on which it is usually held, from today for so many months. One a month; never in a month that has one
    already, and counted on from the last one held or planned."""
    found = []
    for step in range(ahead + 1):
        month = month_after(on, step)
        day = working_day_of(month, often.working_day)
        if day >= on and _is_due(often, last_on, month):
            found.append(day)
            last_on = day
    return tuple(found)


def _is_due(often: HowOften, last_on: date | None, month: date) -> bool:
    away = months_between(last_on, month) if last_on else None
    if away is not None and away <= 0:
        return False
    if often.months:
        return month.month in often.months
    return away is None or away >= often.every_months


def named_until(held_on: date, working_days: int) -> date:
    """The last day for naming somebody: so many working days before the meeting (R65)."""
    day = held_on
    for _ in range(working_days):
        day = on_or_before(day - DAY)
    return day


def months_typed(words: str) -> tuple[int, ...]:
    """Numbers of months as somebody typed them; ValueError for what is none."""
    found = sorted({int(each) for each in words.replace(",", " ").split()})
    if any(not 1 <= each <= 12 for each in found):
        raise ValueError(words)
    return tuple(found)
