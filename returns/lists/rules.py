"""What a list may be settled by, and which children are educated outside school."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from returns.intake.layouts.meanings import Does, Meaning


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about many young people at once: its words on the button, before it is done and afterwards.
    {people} are so many young people, {day} is the day before the list."""

    button: str
    asks: str
    done: str


END, TAKE, EXPLAIN, TASK, EXCUSE, AGAIN = "end", "take", "explain", "task", "excuse", "again"
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        END: Act(
            "End it for the ticked",
            "For {people} what the register has ends on {day}, the day before the list.",
            "Ended for {people}.",
        ),
        TAKE: Act(
            "Take the list’s word",
            "For {people} the register takes what the list says.",
            "Recorded as the list has it for {people}.",
        ),
        TASK: Act(
            "Set a task for each",
            "For {people} a task is set, to find out which is right.",
            "A task is set for {people}.",
        ),
        EXPLAIN: Act(
            "Leave as it is",
            "For {people} the register stays as it is.",
            "Left as it is for {people}.",
        ),
        EXCUSE: Act(
            "Say why they are not on the register",
            "{people} on the list will not be missing any more, for the reason you give.",
            "Explained for {people}.",
        ),
        AGAIN: Act(
            "As last time",
            "For {people} on the list what was said of them on an earlier list holds again. Who was not on one stays"
            " missing.",
            "Explained for {people}, as last time.",
        ),
    }
)
NEW, DIFFERS, NOT_LISTED, AGREES = "new", "differs", "not_listed", "agrees"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        NOT_LISTED: "On the register, not on the list",
        NEW: "On the list, not on the register",
        DIFFERS: "On both, and different",
    }
)
CENSUS_PARTS: Mapping[str, str] = MappingProxyType(
    {
        NEW: "On the census, not on the register",
        "elsewhere": "On the census, elsewhere on the register",
        NOT_LISTED: "At the school on the register, not on the census",
    }
)


def acts_for(part: str, found: tuple[Meaning, ...]) -> tuple[str, ...]:
    """What may be done about one part of the differences. Only a characteristic is taken over from here: what
    somebody does is recorded on their record, where all of it is seen."""
    if part == NOT_LISTED:
        return END, TASK, EXPLAIN
    if part == DIFFERS:
        return (TAKE, TASK, EXPLAIN) if characteristics_of(found) else (TASK, EXPLAIN)
    if part == NEW:
        return EXCUSE, AGAIN
    return ()


def characteristics_of(found: tuple[Meaning, ...]) -> frozenset[str]:
    """The characteristics a list speaks of."""
    return frozenset(each.characteristic for each in found if each.characteristic and each.does is Does.HOLDS)


def activities_of(found: tuple[Meaning, ...]) -> frozenset[str]:
    """The activities that nobody has who is not on a whole list."""
    return frozenset(code for each in found for code in each.listed_only)


@dataclass(frozen=True, slots=True)
class Situation:
    """One way to be educated outside school: the words of lists that say so, and the activities that do."""

    words: str
    said: tuple[tuple[str, str, str], ...]
    codes: tuple[str, ...]


# Lists tell hospital from school; the DfE's codes do not.
OUTSIDE_SCHOOL = (
    Situation("Taught at home", (("home_educated", "", ""),), ("120",)),
    Situation(
        "On no school’s roll",
        (("missing_education", "taught", "nowhere"), ("missing_education", "taught", "awaiting")),
        ("140",),
    ),
    Situation("Nobody knows where", (("missing_education", "taught", "unknown"),), ("150",)),
    Situation(
        "In custody",
        (("missing_education", "taught", "custody"), ("youth_justice", "in_custody", "Y")),
        ("130", "290", "710"),
    ),
    Situation("In hospital", (("missing_education", "taught", "hospital"),), ()),
    Situation("With the council’s tutors", (("missing_education", "taught", "tuition"),), ()),
)
