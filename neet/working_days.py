"""The days on which offices of England work: not at weekends, not on bank holidays."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

DAY = timedelta(days=1)
# Proclaimed for one year only, and what was moved for it (Banking and Financial Dealings Act 1971, s1).
PROCLAIMED = {
    2020: (date(2020, 5, 8),),
    2022: (date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)),
    2023: (date(2023, 5, 8),),
}
MOVED_AWAY = {date(2020, 5, 4), date(2022, 5, 30)}


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Those of England and Wales in a year; a day that falls on a weekend is kept on the working day after it."""
    christmas, boxing_day = date(year, 12, 25), date(year, 12, 26)
    found = {
        easter(year) - 2 * DAY,
        easter(year) + DAY,
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        *PROCLAIMED.get(year, ()),
    }
    for day in (date(year, 1, 1), christmas, boxing_day):
        while day.weekday() > 4 or day in found:
            day += DAY
        found.add(day)
    return frozenset(found - MOVED_AWAY)


def _monday_from(day: date) -> date:
    return day + (7 - day.weekday()) % 7 * DAY


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def on_or_after(day: date) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day):
        day += DAY
    return day


def on_or_before(day: date) -> date:
    """The day itself where it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_after(day: date, count: int) -> date:
    """The working day that comes so many working days after a day; none: the first on or after it."""
    found = on_or_after(day)
    for _ in range(count):
        found = on_or_after(found + DAY)
    return found


def working_days_between(first: date, last: date) -> int:
    """How many working days come after the first day until the last, itself included; below zero where the last lies
    before the first."""
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + number * DAY) for number in range(1, (last - first).days + 1))


def working_day_of(month: date, number: int) -> date:
    """The working day of that number in a day's month; below zero from its end, -1 being the last. The nearest it has
    where it has fewer."""
    length = monthrange(month.year, month.month)[1]
    days = [day for at in range(length) if is_working_day(day := month.replace(day=at + 1))]
    index = number - 1 if number > 0 else number
    return days[max(-len(days), min(index, len(days) - 1))]
