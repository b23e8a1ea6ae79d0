"""A young person moves to another council: whose turn it is, what each may do, and when it has waited too long.

Nobody is dropped until the other council has accepted (R50): a move changes the register on one day only, the day both
councils agree on, so that whichever month is counted, and in whatever order, exactly one of them counts the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """How a move stands."""

    ASKED = "asked"
    PROPOSED = "proposed"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"

    @property
    def words(self) -> str:
        """The state as a page says it."""
        return STATE_WORDS[self]


class Deed(StrEnum):
    """What a council does about a move."""

    ASK = "ask"
    PROPOSE = "propose"
    ACCEPT = "accept"
    QUERY = "query"
    ANSWER = "answer"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"

    @property
    def words(self) -> str:
        """The deed as the course of a move tells it."""
        return DEED_WORDS[self]


class Side(StrEnum):
    """Which of the two councils."""

    LEFT = "left"
    NEW = "new"

    @property
    def words(self) -> str:
        """The side as a page says it."""
        return {"left": "The council they leave", "new": "The council they move to"}[self.value]


STATE_WORDS: Mapping[State, str] = MappingProxyType(
    {
        State.ASKED: "Asked for",
        State.PROPOSED: "Waiting to be accepted",
        State.QUERIED: "Queried",
        State.ACCEPTED: "Accepted",
        State.REFUSED: "Refused",
        State.WITHDRAWN: "Withdrawn",
        State.TAKEN_BACK: "Taken back",
    }
)
DEED_WORDS: Mapping[Deed, str] = MappingProxyType(
    {
        Deed.ASK: "Asked for the record",
        Deed.PROPOSE: "Proposed the move",
        Deed.ACCEPT: "Accepted",
        Deed.QUERY: "Queried",
        Deed.ANSWER: "Answered the query",
        Deed.REFUSE: "Refused",
        Deed.WITHDRAW: "Withdrew",
        Deed.TAKE_BACK: "Took it back",
    }
)
OPEN = (State.ASKED, State.PROPOSED, State.QUERIED)
BOTH = frozenset(Side)

# From a state, by a deed: the state after it, and which side may do it.
TURNS: Mapping[tuple[State, Deed], tuple[State, frozenset[Side]]] = MappingProxyType(
    {
        (State.ASKED, Deed.PROPOSE): (State.PROPOSED, frozenset({Side.LEFT})),
        (State.ASKED, Deed.REFUSE): (State.REFUSED, frozenset({Side.LEFT})),
        (State.ASKED, Deed.WITHDRAW): (State.WITHDRAWN, frozenset({Side.NEW})),
        (State.PROPOSED, Deed.ACCEPT): (State.ACCEPTED, frozenset({Side.NEW})),
        (State.PROPOSED, Deed.QUERY): (State.QUERIED, frozenset({Side.NEW})),
        (State.PROPOSED, Deed.REFUSE): (State.REFUSED, frozenset({Side.NEW})),
        (State.PROPOSED, Deed.WITHDRAW): (State.WITHDRAWN, frozenset({Side.LEFT})),
        (State.QUERIED, Deed.ANSWER): (State.PROPOSED, frozenset({Side.LEFT})),
        (State.QUERIED, Deed.ACCEPT): (State.ACCEPTED, frozenset({Side.NEW})),
        (State.QUERIED, Deed.REFUSE): (State.REFUSED, frozenset({Side.NEW})),
        (State.QUERIED, Deed.WITHDRAW): (State.WITHDRAWN, frozenset({Side.LEFT})),
        (State.ACCEPTED, Deed.TAKE_BACK): (State.TAKEN_BACK, BOTH),
    }
)
# Whose answer an open move waits for.
WAITS_FOR: Mapping[State, Side] = MappingProxyType(
    {State.ASKED: Side.LEFT, State.PROPOSED: Side.NEW, State.QUERIED: Side.LEFT}
)
# Deeds that say why.
WITH_WORDS = frozenset({Deed.QUERY, Deed.ANSWER, Deed.REFUSE, Deed.TAKE_BACK})


def after(state: State, deed: Deed, sides: frozenset[Side]) -> State | None:
    """The state after a deed by somebody who speaks for these sides; None where it is not theirs, or not now."""
    then, whose = TURNS.get((state, deed), (None, frozenset()))
    return then if whose & sides else None


def deeds(state: State, sides: frozenset[Side]) -> tuple[Deed, ...]:
    """What somebody who speaks for these sides may do now, in the order of `Deed`."""
    return tuple(deed for deed in Deed if after(state, deed, sides))


def counted_from(moved_on: date, accepted_on: date) -> date:
    """The day from which the new council counts them and the old one no longer does.

    The day they moved may lie in a month one of the councils has counted already: then both would have counted them,
    or neither. On the day of the acceptance both know.
    """
    return max(moved_on, accepted_on)


@dataclass(frozen=True, slots=True)
class Age:
    """For how many days a move has been open, and whether that is more than the limit."""

    days: int
    is_late: bool


def age(asked_on: date, on: date, limit: int) -> Age:
    """Days since it was first asked; late from the day after the limit (R50: more than 10 days)."""
    days = max(0, (on - asked_on).days)
    return Age(days, days > limit)
