"""On which days whoever has not answered is reminded, and on which the council is told who is late (R10)."""

from collections.abc import Iterable
from datetime import date, timedelta

from neet.working_days import on_or_after, on_or_before, working_days_after
from returns.calendar.rules.deadlines import Deadline

# The day due, the next working day and the fifth: when the list of those who have not answered goes to the council.
LIST_AFTER = (0, 1, 5)
USUAL = (-10, -3, 1)
# A deadline further from a day than this has nothing on that day.
REACH = timedelta(days=100)
FURTHEST = 90


def reminder_days(deadline: Deadline, days: Iterable[int]) -> frozenset[date]:
    """The days on which a reminder goes. One that would fall on a day on which nobody works goes on the working day
    before while there is time, and on the one after when there is none left."""
    return frozenset(_moved(deadline.due_on + timedelta(days=each), before=each < 0) for each in days)


def _moved(day: date, *, before: bool) -> date:
    return on_or_before(day) if before else on_or_after(day)


def list_days(deadline: Deadline) -> frozenset[date]:
    """The days on which the council's list names this establishment if it has not answered."""
    return frozenset(working_days_after(deadline.counts_until, count) for count in LIST_AFTER)
