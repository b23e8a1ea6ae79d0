"""The young people behind a number: of a frozen month as they counted then, of the month in progress as they count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import connection

from neet import clock
from tracking.figures.models import Freeze, MonthRecord
from tracking.figures.queries.flows import Pair, people_of_flow
from tracking.figures.queries.scorecard import NoSuchMonth, asked_today, standing_freezes
from tracking.figures.queries.tallies import Chosen, Source, frozen, live, offers
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import FROM, LEFT_TO, TO

WHICH: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cohort": ("In the cohort", "r.is_measured and r.status <> 'EXCLUDED'"),
        "neet": ("NEET", "r.is_measured and r.status = 'NEET'"),
        "not_known": ("Not known", "r.is_measured and r.status = 'NOT_KNOWN'"),
        "together": ("NEET or not known", "r.is_measured and r.status in ('NEET', 'NOT_KNOWN')"),
        "lapsed": (
            "Not known because nobody confirmed in time",
            "r.is_measured and r.status = 'NOT_KNOWN' and r.has_lapsed",
        ),
        "participating": ("In education and training", "r.is_measured and r.participates"),
        "custody": ("In custody, outside the cohort", "r.is_measured and r.status = 'EXCLUDED'"),
        "owed": ("Owed an offer under the September Guarantee", "r.guarantee is not null"),
        "offered": ("Offered a place", "r.guarantee = any(%(offers)s)"),
        "without_offer": (
            "Owed an offer and without one",
            "r.guarantee is not null and r.guarantee <> all(%(offers)s)",
        ),
    }
)
DIRECTIONS = {"joined": FROM, "left": TO}


class NoSuchNumber(LookupError):
    """No number of the scorecard goes by this name."""


@dataclass(frozen=True)
class Behind:
    """The people behind one number, whoever may see them."""

    words: str
    month: ReportingMonth
    freeze: Freeze | None
    people: Sequence[int]


def behind(authority_id: int, month: ReportingMonth | None, chosen: Chosen, number: str) -> Behind:
    """Who is behind a number, by its name: one of WHICH, or "joined-EET", "left-NOT_KNOWN". Raises NoSuchMonth,
    NoSuchNumber."""
    today = clock.today()
    running = ReportingMonth.of(today)
    freezes = {each.month: each for each in standing_freezes(authority_id)}
    freeze = freezes.get((month or running).ends_on)
    if freeze is None and month not in (None, running):
        raise NoSuchMonth
    month = month or running
    now = None if freeze else asked_today(authority_id, today)
    if moves := _moves(number):
        before = freezes.get(month.before.ends_on)
        if before is None:
            raise NoSuchMonth
        found = people_of_flow(
            Pair(before, freeze), now, chosen, moves.direction, moves.is_meant, moves.status
        )
        return Behind(moves.words, month, freeze, found)
    if number not in WHICH:
        raise NoSuchNumber
    source = live(now) if now else frozen({freeze.pk: freeze.month}) if freeze else None
    assert source is not None
    return Behind(WHICH[number][0], month, freeze, _people(source, chosen, WHICH[number][1], month))


@dataclass(frozen=True)
class Moving:
    """One number of those who came or went: its words, the status they came to or left, and which of their ways."""

    words: str
    direction: str
    is_meant: Callable[[str], bool]
    status: Status = Status.NEET


FLOW_WORDS = {"joined": "Became NEET", "left": "No longer NEET"}


def _ways(status: Status, joined: str, left: str, otherwise: str) -> dict[str, Moving]:
    """The three numbers of a status, in the words given."""
    to, name = LEFT_TO[status], status.lower()
    return {
        f"{name}_joined": Moving(joined, "joined", lambda how: True, status),
        f"{name}_left": Moving(left, "left", lambda how: how in to, status),
        f"{name}_otherwise": Moving(otherwise, "left", lambda how: how not in to, status),
    }


MOVED: Mapping[str, Moving] = {
    **_ways(Status.NEET, "Became NEET", "Left NEET for learning or work", "Left NEET otherwise"),
    **_ways(
        Status.NOT_KNOWN,
        "Became not known",
        "Not known before, known now",
        "Not known before, not counted now",
    ),
}


def _moves(number: str) -> Moving | None:
    """The movement a number is of, None where it is none."""
    direction, _, way = number.partition("-")
    if direction in DIRECTIONS and way in DIRECTIONS[direction]:
        words = f"{FLOW_WORDS[direction]}: {DIRECTIONS[direction][way].lower()}"
        return Moving(words, direction, lambda how: how == way)
    return MOVED.get(number)


def _people(source: Source, chosen: Chosen, condition: str, month: ReportingMonth) -> list[int]:
    asked: dict[str, Any] = {"offers": offers(ruleset(month.ends_on)), **source.parameters}
    here = chosen.of_records("r", asked)
    known = f"{condition} and {here} and r.person_id is not null"
    with connection.cursor() as cursor:
        cursor.execute(f"select r.person_id from ({source.records_for(chosen)}) as r where {known}", asked)
        return [person for (person,) in cursor.fetchall()]


def as_they_counted(freeze: Freeze, people: Sequence[int]) -> dict[int, MonthRecord]:
    """These people's rows of a frozen month."""
    rows = MonthRecord.objects.filter(freeze=freeze, month=freeze.month, person__in=people)
    shown = rows.only("person", "code", "status", "reason", "has_lapsed")
    return {row.person_id: row for row in shown if row.person_id}
