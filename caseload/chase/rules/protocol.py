"""The contact protocol: how soon somebody who became NEET or not known is spoken to, and how often then (R78-R80)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracking.rules.chase import ContactRule
from tracking.rules.codes import Status


@dataclass(frozen=True, slots=True)
class Clock:
    """What the protocol reads of somebody: what they are since when, and when they were last spoken to."""

    status: Status
    code: str
    since: date | None
    spoken_on: date | None
    need: str = ""
    vulnerable: bool = False
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """By when somebody is to be spoken to, by which rule, and whether it is the first time."""

    on: date
    rule: ContactRule
    is_first: bool


def due(clock: Clock, rules: Sequence[ContactRule]) -> Due | None:
    """By when they are to be spoken to; None where no rule asks for it, or nobody knows since when they are.

    A contact from before they became NEET or not known does not count.
    """
    rule = next(
        (each for each in rules if each.fits(clock.status, clock.code, clock.need, clock.vulnerable)), None
    )
    if rule is None or clock.since is None:
        return None
    spoken_on = clock.spoken_on
    if spoken_on is None or spoken_on < clock.since:
        usual = Due(clock.since + timedelta(days=rule.first_days), rule, is_first=True)
    else:
        usual = Due(spoken_on + timedelta(days=rule.every_days), rule, is_first=False)
    nearing = _nearing_end(clock, rule)
    return replace(usual, on=min(usual.on, nearing)) if nearing else usual


def _nearing_end(clock: Clock, rule: ContactRule) -> date | None:
    """The day so long before the expected end, where nobody spoke to them from then on (R80)."""
    if not (rule.before_end_days and clock.ends_on):
        return None
    day = clock.ends_on - timedelta(days=rule.before_end_days)
    return None if clock.spoken_on and clock.spoken_on >= day else day
