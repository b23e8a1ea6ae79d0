"""When messages go out, and why somebody gets none."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from neet.clock import LONDON
from neet.working_days import is_working_day, on_or_after

OPENS, CLOSES = time(9, 30), time(17)
A_MINUTE = timedelta(minutes=1)
MOST_A_MINUTE = 60
MOST = 10_000  # on one list
DAY = timedelta(days=1)


class Why(StrEnum):
    """Why no message goes to somebody. The value stands in BatchMessage.why."""

    RESTRICTED = "restricted"
    USE_LIMITED = "use_limited"
    OPTED_OUT = "opted_out"
    WAITS = "waits"
    LATELY = "lately"
    NOT_TO_USE = "not_to_use"
    OBJECTED = "objected"
    NO_NUMBER = "no_number"
    STOPPED = "stopped"
    SAME_NUMBER = "same_number"
    NO_LONGER = "no_longer"
    OVER_MOST = "over_most"


WORDS: Mapping[str, str] = MappingProxyType(
    {
        Why.RESTRICTED: "Restricted record",
        Why.USE_LIMITED: "The record is kept and not used",
        Why.OPTED_OUT: "Wants no messages",
        Why.WAITS: "Their school or college is about to tell us",
        Why.LATELY: "Had a message lately",
        Why.NOT_TO_USE: "The number or address is marked not to be used",
        Why.OBJECTED: "The only one came from a school or college that may not pass it on",
        Why.NO_NUMBER: "No number or address of their own",
        Why.STOPPED: "Whoever has the number or address asked for no messages",
        Why.SAME_NUMBER: "Somebody else on this list has the same number or address",
        Why.NO_LONGER: "No longer belongs on the list",
        Why.OVER_MOST: "More than the number you set",
    }
)


YOUNG_PERSON = "young_person"
SAID_BY = (
    (YOUNG_PERSON, "The young person"),
    ("parent", "A parent or carer"),
    ("colleague", "A colleague, because messages may do harm"),
)


def is_open(moment: datetime) -> bool:
    """Whether messages to young people go out at this moment: on working days, in office hours."""
    here = moment.astimezone(LONDON)
    return is_working_day(here.date()) and OPENS <= here.time() < CLOSES


def next_open(moment: datetime) -> datetime:
    """The moment itself where messages go out then, else the next at which they do."""
    if is_open(moment):
        return moment
    here = moment.astimezone(LONDON)
    day = here.date() if here.time() < OPENS else here.date() + DAY
    return datetime.combine(on_or_after(day), OPENS, LONDON)


def closes(moment: datetime) -> datetime:
    """The end of that day's office hours."""
    return datetime.combine(moment.astimezone(LONDON).date(), CLOSES, LONDON)
