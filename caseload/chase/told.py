"""What is said about somebody on the telephone or at a hub, as a page hands it to the action."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """How somebody was tried, who was asked, what came of it, and when to try again where that was agreed.

    `number` is the key of the contact point that was used, where one was.
    """

    channel: str
    asked: str
    outcome: str
    number: int | None = None
    words: str = ""
    again_at: datetime | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody at a hub knows: what the young person does (empty: they are known, and no more), where, since what
    day it was seen to be so."""

    code: str
    place: str
    on: date
