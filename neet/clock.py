"""The one clock of the house: nobody else asks what time it is.

`DJANGO_NOW` (an ISO date or date and time, read as Europe/London) moves the clock in development and tests;
from then on it runs at its usual speed.
"""

import os
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_started = time.monotonic()


def _moved_start() -> datetime | None:
    stated = os.environ.get("DJANGO_NOW")
    if not stated:
        return None
    moment = datetime.fromisoformat(stated)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def now() -> datetime:
    """The present moment, aware, in Europe/London."""
    start = _moved_start()
    if start is None:
        return datetime.now(LONDON)
    return start + timedelta(seconds=time.monotonic() - _started)


def offset() -> timedelta:
    """How far the clock is moved; nothing in service. The database's sessions are moved by as much."""
    start = _moved_start()
    return (
        timedelta()
        if start is None
        else start - (datetime.now(LONDON) - timedelta(seconds=time.monotonic() - _started))
    )


def today() -> date:
    """The present day in England (not in UTC: the day turns at midnight by the wall clock)."""
    return now().date()
