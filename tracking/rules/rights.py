"""By when somebody who asks about their own record is answered: one month, or three where it is hard to answer.

UK GDPR articles 12(3) and 12A (Data (Use and Access) Act 2025): the time runs from the day we are sure who asks and
know what they mean; a month ends on the day of the same number, on the month's last where it has none, and on the next
working day where nobody works then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

MONTHS, MONTHS_MORE = 1, 2
WARNED_DAYS = 7
# The day itself where people work on it, else the next one on which they do.
WorkingDay = Callable[[date], date]


@dataclass(frozen=True, slots=True)
class Asked:
    """The days that move the end: asked, sure who asks, asked back, answered, and whether more time was taken."""

    asked_on: date
    identity_on: date | None = None
    unclear_on: date | None = None
    clear_on: date | None = None
    extended: bool = False


def begins_on(asked: Asked) -> date | None:
    """The day the time runs from; None while we wait to hear who asks, or what they mean."""
    if asked.identity_on is None or (asked.unclear_on and asked.clear_on is None):
        return None
    return max(asked.asked_on, asked.identity_on, asked.clear_on or asked.asked_on)


def due_on(asked: Asked, working: WorkingDay) -> date | None:
    """The last day to answer; None while the time does not run."""
    begun = begins_on(asked)
    if begun is None:
        return None
    return working(begun + relativedelta(months=MONTHS + MONTHS_MORE * asked.extended))


def extended_until(asked: Asked, working: WorkingDay) -> date | None:
    """The last day on which we may take two months more: whoever asks is told within the first month."""
    begun = begins_on(asked)
    return working(begun + relativedelta(months=MONTHS)) if begun else None
