"""When a report that is wanted regularly is due: on a weekday, on a day of the month, or with a month signed off."""

from datetime import date

WEEK, DAY, MONTH = "week", "day", "month"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_DAY = 28  # every month has one


def is_due(every: str, on_day: int | None, day: date) -> bool:
    """Whether something wanted every week or on a day of the month is due on the day."""
    return (every == WEEK and day.isoweekday() == on_day) or (every == DAY and day.day == on_day)


def said(every: str, on_day: int | None) -> str:
    """When it comes, in words."""
    if every == WEEK and on_day:
        return f"Every {WEEKDAYS[on_day - 1]}"
    return f"On day {on_day} of every month" if every == DAY else "After each month is signed off"
