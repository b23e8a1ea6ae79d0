"""What other rooms tell the list before the freeze: somebody to look at, or work of a team that is not done."""

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """Why somebody is looked at before the cohort is set (R38, R49, R141)."""

    MOVED = "moved"
    TWICE = "twice"
    GONE = "gone"
    AT_HOME = "at_home"
    DOUBTFUL = "doubtful"
    SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody to look at, and why."""

    group: Group
    person_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """Work of a team or room that is not done yet: how many are left, and the page it is done on."""

    group: Group
    words: str
    number: int
    url: str
