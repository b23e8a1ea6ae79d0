"""The day someone became NEET: it stays while they move between NEET activities (errors 224 to 226)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """One activity from a day to a day; an end that is missing means it still goes on."""

    code: str
    started_on: date
    ended_on: date | None = None


def neet_since(spells: Iterable[Spell], ruleset: RuleSet, on: date) -> date | None:
    """The first day of the unbroken run of NEET activities that holds on a day; None where they are not NEET.

    A run is broken by any other activity and by a day about which nothing is recorded.
    """
    neet = ruleset.activities_with(Status.NEET)
    begun = sorted((spell for spell in spells if spell.started_on <= on), key=_start, reverse=True)
    since: date | None = None
    for spell in begun:
        reaches_to = spell.ended_on or on
        if spell.code not in neet or reaches_to < (since - NEXT_DAY if since else on):
            break
        since = spell.started_on
    return since


def _start(spell: Spell) -> date:
    return spell.started_on
