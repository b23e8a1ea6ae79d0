"""On which days whoever has not answered is reminded, and on which the council is told who is late (R10)."""

from collections.abc import Iterable
from datetime import date, timedelta

from neet.working_days import working_days_after
from returns.calendar.rules.deadlines import Deadline
from returns.calendar.rules.school_days import SchoolDays, for_deadline

# The day due, the next working day and the fifth: when the list of those who have not answered goes to the council.
LIST_AFTER = (0, 1, 5)
USUAL = (-10, -3, 1)
# A deadline further from a day than this has nothing on that day.
REACH = timedelta(days=100)
FURTHEST = 90
EVERY_WORKING_DAY = SchoolDays()


def reminder_days(
    deadline: Deadline, days: Iterable[int], school: SchoolDays = EVERY_WORKING_DAY
) -> frozenset[date]:
    """The days on which a reminder goes. One that would fall on a day on which no school works goes on the school day
    before while there is time, and on the one after when there is none left. What is due in the holidays is reminded of
    in the holidays, on working days (R148)."""
    at_work = for_deadline(deadline.due_on, school)
    wanted = ((each, deadline.due_on + timedelta(days=each)) for each in days)
    return frozenset(
        at_work.on_or_before(day) if each < 0 else at_work.on_or_after(day) for each, day in wanted
    )


def list_days(deadline: Deadline) -> frozenset[date]:
    """The days on which the council's list names this establishment if it has not answered."""
    return frozenset(working_days_after(deadline.counts_until, count) for count in LIST_AFTER)
