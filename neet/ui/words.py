"""How days, moments and numbers are written on every screen."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.safestring import SafeString

MISSING = SafeString('<span class="quiet">not recorded</span>')
LAST_SCHOOL_YEAR = 14
DAY_PATTERNS = frozenset({"j F Y", "j M Y", "F Y"})  # which look at nothing but the day


def local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def written(value: date | datetime | None, pattern: str) -> str:
    """A day or moment by Django's pattern; "not recorded" for nothing."""
    if not value:
        return MISSING
    at = local(value) if isinstance(value, datetime) else value
    return (
        _on_paper(at.year, at.month, at.day, pattern)
        if pattern in DAY_PATTERNS
        else formats.date_format(at, pattern)
    )


@lru_cache(maxsize=8192)
def _on_paper(year: int, month: int, day: int, pattern: str) -> str:
    """A list writes the same few days again and again."""
    return formats.date_format(date(year, month, day), pattern)


def day(value: date | datetime | None) -> str:
    """1 April 2019"""
    return written(value, "j F Y")


def short_day(value: date | datetime | None) -> str:
    """1 Apr 2019, for table cells"""
    return written(value, "j M Y")


def month(value: date | datetime | None) -> str:
    """April 2019"""
    return written(value, "F Y")


def moment(value: datetime | None) -> str:
    """1 April 2019 at 3:04pm; midnight and noon in words."""
    if not value:
        return MISSING
    at = local(value)
    clock = {(0, 0): "midnight", (12, 0): "midday"}.get((at.hour, at.minute), f"{at.hour % 12 or 12}:{at:%M}")
    half = "" if clock.startswith("mid") else ("am" if at.hour < 12 else "pm")
    return f"{day(at)} at {clock}{half}"


def when(value: date | datetime | None) -> str:
    """A moment with its time, a day without one."""
    return moment(value) if isinstance(value, datetime) else day(value)


def stamp(value: date | datetime | None) -> str:
    """The same for machines: what a <time> element carries."""
    if not value:
        return ""
    return local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def school_year(year_group: int) -> str:
    """Year 12; for those above school age, whom only an EHC plan keeps here, their academic age."""
    return f"Year {year_group}" if year_group <= LAST_SCHOOL_YEAR else f"academic age {year_group + 4}"


def number(value: float | None) -> str:
    """12,345; a number that is missing says so."""
    if value is None or value == "":
        return MISSING
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def percent(value: float | None, places: int = 1) -> str:
    """4.2% from 4.2"""
    return MISSING if value is None else f"{value:.{int(places)}f}%"


def signed(value: float | None, places: int = 1) -> str:
    """How far something moved, with its sign: +0.4, 0.0, and −1.1 with a minus, which is not a hyphen."""
    if value is None:
        return MISSING
    written = f"{abs(value):.{int(places)}f}"
    if not float(written):
        return written
    return ("+" if value > 0 else "\u2212") + written


def many(count: int, forms: str) -> str:
    """The count with the word for one or for several: "1 young person", "12 young people", "no young people"."""
    one, several = forms.split(",")
    if count == 0:
        return f"no {several}"
    return f"{number(count)} {one if count == 1 else several}"
