"""What the turn of a day brings about: reminders, and the list of those who have not answered."""

from datetime import date

from neet.audit.actions import recorded
from returns.calendar.actions.telling import put_on_the_list, tell
from returns.calendar.actions.year import ask_for_what_opens
from returns.calendar.kinds import Kind
from returns.calendar.models import Notice
from returns.calendar.queries.expected import deadline_of, not_answered
from returns.calendar.queries.year import school_days_of
from returns.calendar.rules.noticing import list_days, reminder_days


def turn_of_day(*, day: date) -> dict[str, int]:
    """Ask for what opens on this day, then remind of what is due."""
    return {**ask_for_what_opens(day=day), **remind(day=day)}


def remind(*, day: date) -> dict[str, int]:
    """Write the reminders of this day, and put who has not answered on the council's list on the day due, the next
    working day and the fifth (R10). Whoever has sent, has nothing to return or is not asked any more hears nothing.

    Done twice for a day, or by two timers at once, nobody is written to twice; a day made up for later is dated as
    itself.
    """
    open_now = list(not_answered(day))
    school = school_days_of(each.collection.authority_id for each in open_now)
    to_remind = [
        each
        for each in open_now
        if day
        in reminder_days(deadline_of(each), each.collection.remind_days, school[each.collection.authority_id])
        and each.collection.opens_on <= day
    ]
    to_list = [each for each in open_now if day in list_days(deadline_of(each))]
    with recorded(Kind.NIGHTLY, by=None) as event:
        event.counts = {
            "messages": tell(expected=to_remind, kind=Notice.Kind.REMINDER, on=day),
            "listed": put_on_the_list(expected=to_list, on=day),
        }
    return event.counts
