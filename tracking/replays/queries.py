"""Reading for the pages of past days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.jobs.models import Job
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.standing import SHORT, TONES, UNLISTED
from tracking.replays.kinds import Kind
from tracking.replays.models import Replay, ReplayChange
from tracking.rules.codes import Status
from tracking.rules.cohort import Reason

FIGURES: Mapping[str, str] = MappingProxyType(
    {
        "cohort": "In the cohort",
        "neet": "NEET",
        "not_known": "Not known",
        "lapsed": "Not known because nobody confirmed in time",
        "participating": "In education and training",
        "owed": "Owed an offer under the September Guarantee",
        "offered": "Offered a place",
    }
)
OUTSIDE = "Not counted"
PARTS = "parts"  # beside the figures: each district and service, then its figures in that order


@dataclass(frozen=True)
class Compared:
    """One figure, both ways."""

    words: str
    then: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.then


@dataclass(frozen=True)
class Side:
    """How somebody counted by one reading, in words."""

    status: str
    tone: str
    doing: str = ""
    code: str = ""
    why: str = ""


def figures_of(replay: Replay, reach: Reach = EVERYBODY) -> tuple[Compared, ...]:
    """The figures as known then beside those believed now, of those a reach leaves; nothing where a comparison is so
    old that its districts were not kept."""
    if not reach.is_whole and not {PARTS} <= replay.then.keys() & replay.now.keys():
        return ()
    then, now = _reached(replay.then, reach), _reached(replay.now, reach)
    return tuple(Compared(words, then.get(name, 0), now.get(name, 0)) for name, words in FIGURES.items())


def _reached(figures: Mapping[str, Any], reach: Reach) -> Mapping[str, int]:
    """The sums of the districts and services that are reached."""
    if reach.is_whole:
        return figures
    mine = [counts for district, service, *counts in figures[PARTS] if reach.holds(district, service)]
    return (
        dict(zip(FIGURES, (sum(column) for column in zip(*mine, strict=True)), strict=True)) if mine else {}
    )


def replays_of(authority_id: int) -> QuerySet[Replay]:
    """What was read again, the newest first."""
    return Replay.objects.filter(authority=authority_id).select_related("made_by", "freeze")


def work_of(authority_id: int) -> QuerySet[Job]:
    """What was asked for, the newest first."""
    return Job.objects.filter(kind=Kind.REPLAYED, authority_id=authority_id)


def people_of(replay: Replay, user: User) -> QuerySet[YoungPerson]:
    """Those who explain the difference, as far as this user may see them."""
    return YoungPerson.objects.visible_to(user).filter(pk__in=replay.changes.values("person"))


def sides_of(replay: Replay, people: Sequence[int]) -> dict[int, tuple[Side, Side]]:
    """How each of these people counted then and counts now."""
    changes = ReplayChange.objects.filter(replay=replay, person__in=people)
    return {
        each.person_id: (
            _side(each.was_status, each.was_code, each.was_reason, replay.day),
            _side(each.is_status, each.is_code, each.is_reason, replay.day),
        )
        for each in changes
    }


def _side(status: str, code: str, reason: str, day: date) -> Side:
    if not status:
        return Side(OUTSIDE, "plain", why="Not on the register then, or not of an age")
    known = ruleset(day).activities.get(code)
    doing = known.plain_words if known else UNLISTED if code else ""
    kind = Status(status)
    return Side(SHORT[kind], TONES.get(kind, "plain"), doing, code, Reason(reason).words)
