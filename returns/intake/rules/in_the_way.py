"""What may stand in the way of taking a row into the register: the row waits, the rest goes in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class InTheWay:
    """The column it is about, why the row was not taken, and what to do."""

    column: str
    why: str
    fix: str


START_LATER = "The start date is after the day this return is about."
IN_THE_WAY: Mapping[str, InTheWay] = MappingProxyType(
    {
        "twice": InTheWay(
            "", "The same young person stands on an earlier row; that one was taken.", "Leave one out."
        ),
        "gone": InTheWay(
            "",
            "The council's register has them as moved away or no longer on it.",
            "Nothing to do: the council finds out which is right.",
        ),
        "no_activity": InTheWay(
            "activity", "It does not say what they are doing.", "Choose it from the list."
        ),
        "not_of_that_age": InTheWay(
            "",
            "They are past school age, and what this row says is only said of children.",
            "Leave the row out.",
        ),
        "starts_later": InTheWay(
            "starts_on", START_LATER, "Correct it, or put them on the return of the month they start in."
        ),
        "before_birth": InTheWay(
            "starts_on", "They started before they were born.", "Correct one of the dates."
        ),
        "leaves_later": InTheWay(
            "left_on",
            "The leaving date has not come yet.",
            "Put them on the return of the month they leave in.",
        ),
        "left_before_start": InTheWay(
            "left_on",
            "They left before the day they started with you by our register.",
            "Correct the leaving date.",
        ),
        "kept": InTheWay("", "The council knows something else and keeps it.", "Nothing to do."),
        "same_day": InTheWay(
            "starts_on",
            "Somebody else told us that they started somewhere else on the same day.",
            "Check the start date. The council finds out which is right.",
        ),
        "something_since": InTheWay(
            "starts_on",
            "By our register they started something else after this start date.",
            "Check the start date. The council finds out which is right.",
        ),
        "known_by_now": InTheWay(
            "",
            "Somebody like them came onto the register just now.",
            "Nothing to do: the council says who it is.",
        ),
    }
)
KEEPS = InTheWay("", "The council's register has something else here and keeps it.", "Nothing to do.")
OBJECTED = InTheWay(
    "",
    "They, or a parent, asked that no more than name, address and date of birth is passed on. What else you sent about "
    "them was not kept, beyond what the law makes us know.",
    "Leave it out next time.",
)
