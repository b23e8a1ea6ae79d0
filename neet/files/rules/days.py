"""Days as people write them in a spreadsheet, and as spreadsheets write them by themselves."""

import re
from calendar import month_name, monthrange
from datetime import date, timedelta
from enum import StrEnum

SERIALS_BEGIN = date(1899, 12, 30)  # day 0 of every spreadsheet, once its leap day of 1900 is forgiven
SERIALS = range(20_000, 60_000)  # 1954 to 2064
LATEST = 2068  # a two-digit year above this one is of the last century
YEARS = range(1900, 2101)

TIME = r"(?:[T\s,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
YEAR = r"'?(\d{4}|\d{2})"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){TIME}", re.I)
NUMBERS = re.compile(rf"{WEEKDAY}(\d{{1,2}})\s*([/.\-\s\\])\s*(\d{{1,2}})\s*\2\s*{YEAR}{TIME}", re.I)
DAY_MONTH = re.compile(
    rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-/.,]*([a-z]{{3,9}})\.?[\s\-/.,]*{YEAR}{TIME}", re.I
)
MONTH_DAY = re.compile(
    rf"{WEEKDAY}([a-z]{{3,9}})\.?[\s\-/.,]*(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]+{YEAR}{TIME}", re.I
)
PACKED = re.compile(r"\d{7,8}")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
MONTHS = [name.lower() for name in month_name]


class Order(StrEnum):
    """Which number of 3/4/2008 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def read_day(text: str, order: Order = Order.DAY_FIRST, latest: int = LATEST) -> date | None:
    """The day a text names; None where it names none, or one that never was.

    Days with the month in words, ISO days and the numbers spreadsheets keep days as are read the same in every
    order. A year of two digits is the one that lies no later than `latest`.
    """
    parts = _parts(text.strip(), order, latest)
    try:
        return date(*parts) if parts and parts[0] in YEARS else None
    except ValueError:
        return None


def no_such_day(text: str, order: Order = Order.DAY_FIRST) -> str:
    """Why a text that is written like a day names none; empty where it is not written like one or is one."""
    parts = _parts(text.strip(), order, LATEST)
    if not parts or read_day(text, order):
        return ""
    year, month, day = parts
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    if year not in YEARS:
        return f"The year {year} cannot be right."
    return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days, and this says {day}."


def numbers_of(text: str) -> tuple[int, int] | None:
    """The first two numbers of a day written in numbers with the year last: what the order is told from."""
    found = NUMBERS.fullmatch(text.strip())
    return (int(found[1]), int(found[3])) if found else None


def is_certain(text: str) -> bool:
    """Whether a text is a day as a spreadsheet keeps it, year first or as its serial number."""
    return bool(ISO.fullmatch(text.strip()) or _serial(text.strip()))


def _parts(text: str, order: Order, latest: int) -> tuple[int, int, int] | None:
    if found := ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := NUMBERS.fullmatch(text):
        day, month = int(found[1]), int(found[3])
        if order is Order.MONTH_FIRST:
            day, month = month, day
        return _year(found[4], latest), month, day
    return _in_words(text, latest) or _packed(text) or _serial(text)


def _in_words(text: str, latest: int) -> tuple[int, int, int] | None:
    if found := DAY_MONTH.fullmatch(text):
        day, word, year = found[1], found[2], found[3]
    elif found := MONTH_DAY.fullmatch(text):
        day, word, year = found[2], found[1], found[3]
    else:
        return None
    month = _month(word.lower())
    return (_year(year, latest), month, int(day)) if month else None


def _month(word: str) -> int:
    return next((at for at in range(1, 13) if MONTHS[at].startswith(word) or (word, at) == ("sept", 9)), 0)


def _year(digits: str, latest: int) -> int:
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= latest else year - 100


def _packed(text: str) -> tuple[int, int, int] | None:
    """20080901 and 01092008; the latter often comes without its first nought."""
    if not PACKED.fullmatch(text):
        return None
    if len(text) == 8 and int(text[:4]) in YEARS and int(text[4:6]) <= 12:
        return int(text[:4]), int(text[4:6]), int(text[6:])
    text = text.zfill(8)
    return int(text[4:]), int(text[2:4]), int(text[:2])


def _serial(text: str) -> tuple[int, int, int] | None:
    found = SERIAL.fullmatch(text)
    if not found or int(found[1]) not in SERIALS:
        return None
    day = SERIALS_BEGIN + timedelta(days=int(found[1]))
    return day.year, day.month, day.day
