"""What an address on an envelope may be, why somebody is left out, and when a referral may follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from tracking.rules.letters import NoReply, Reply

NO_ADDRESS, CAME_BACK, OPTED_OUT, WITHHELD = "no_address", "came_back", "opted_out", "withheld"
NO_EMAIL, USE_LIMITED = "no_email", "use_limited"
LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        NO_ADDRESS: "No full address",
        CAME_BACK: "The last letter to this address came back",
        NO_EMAIL: "No e-mail address that may be used any more",
        USE_LIMITED: "The record is kept and not used",
        OPTED_OUT: "Asked us not to write",
        WITHHELD: "No letter may go to this address any more",
    }
)
# An envelope's window shows so many lines: a name, then these.
MOST_LINES = 6
# For so long the word of somebody at the other end shows that number and address are right (R35).
CONFIRMED_FOR = timedelta(days=365)


def address_lines(parts: Iterable[str], town: str, postcode: str) -> tuple[str, ...]:
    """An address as Royal Mail reads it: its lines, the post town, the postcode, at most six; the inner lines are put
    together where there are more."""
    inner = [part.strip(" ,") for part in parts if part.strip(" ,")]
    last = [each.strip() for each in (town.upper(), postcode.upper()) if each.strip()]
    inner = [line for line in inner if line.upper() not in last]
    room = MOST_LINES - len(last)
    if len(inner) > room:
        inner = [*inner[: room - 1], ", ".join(inner[room - 1 :])]
    return (*inner, *last)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was done to get an answer in a school year, and who last said something from the other end."""

    letters: int
    attempts: int
    reached_on: date | None

    @property
    def times(self) -> int:
        return self.letters + self.attempts

    def is_confirmed(self, on: date) -> bool:
        """Whether we know that what we write to or ring is theirs."""
        return self.reached_on is not None and self.reached_on >= on - CONFIRMED_FOR


def may_refer(reply: Reply, tried: Tried, on: date) -> bool:
    """No reply after so many attempts, and the way to reach them is confirmed (R35)."""
    return reply.then is NoReply.REFERRAL and tried.times >= reply.attempts and tried.is_confirmed(on)


def why_not_yet(reply: Reply, tried: Tried, on: date) -> str:
    """What has to happen before another service may be asked; empty where it may be now, or never is."""
    if reply.then is not NoReply.REFERRAL or may_refer(reply, tried, on):
        return ""
    if not tried.is_confirmed(on):
        return "First find out whether the address and number are right"
    left = reply.attempts - tried.times
    return f"Try {'once' if left == 1 else f'{left} times'} more"
