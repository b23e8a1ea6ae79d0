"""The figures of schools and colleges in a period: their returns, the mistakes in them, and their leavers."""

from collections.abc import Collection as Some
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import F

from neet import clock
from neet.clock import LONDON
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import DUE_ON
from returns.calendar.rules.deadlines import Deadline
from returns.intake.kinds import Kind
from returns.intake.models import Intake
from returns.leavers.rules.figures import Figures
from schools.models import Establishment
from tracking.rules.academic_year import academic_year, starts_on

HERE = Path(__file__).resolve().parent
NONE = Figures()


@dataclass(frozen=True)
class Span:
    """A period, both days included."""

    since: date
    until: date


@dataclass(frozen=True)
class Provider:
    """One establishment with its figures."""

    pk: int
    name: str
    kind: str
    figures: Figures


def spans(on: date) -> Mapping[str, tuple[str, Span]]:
    """The periods somebody may choose, with their words: the school year so far, and the one before."""
    year = starts_on(academic_year(on))
    before = starts_on(academic_year(on) - 1)
    return {
        "year": ("This school year so far", Span(year, on)),
        "last_year": ("Last school year", Span(before, date.fromordinal(year.toordinal() - 1))),
    }


def providers(authorities: Iterable[int], span: Span, places: Some[int] | None = None) -> list[Provider]:
    """Every establishment that was asked for anything or had somebody in the period, by name; or these. Four
    statements, whatever their number."""
    found = _returns(list(authorities), span, places)
    asked = {
        "authorities": list(authorities),
        "places": list(places) if places is not None else None,
        "since": span.since,
        "until": span.until,
        "applied": list(Intake.APPLIED),
        "checked": str(Kind.CHECKED),
    }
    for pk, rows, mend in _rows("first_checks", asked):
        found[pk] = replace(found.get(pk, NONE), rows=int(rows), mend=int(mend))
    for pk, there, left, told, reasons, days in _rows("figures", asked):
        found[pk] = replace(
            found.get(pk, NONE),
            there=there,
            left=left,
            told=told,
            with_reason=reasons,
            days=None if days is None else round(days),
        )
    named = Establishment.objects.filter(pk__in=found).order_by("name", "pk")
    return [Provider(each.pk, each.name, each.get_kind_display(), found[each.pk]) for each in named]


def _returns(authorities: list[int], span: Span, places: Some[int] | None) -> dict[int, Figures]:
    """What they were asked for that fell due in the period, by how it was answered. Nothing to return is an answer."""
    asked = ExpectedReturn.objects.filter(
        collection__authority__in=authorities,
        collection__published_at__isnull=False,
        establishment__isnull=False,
        waived_on__isnull=True,
    ).exclude(collection__pattern=Collection.AS_IT_COMES)
    if places is not None:
        asked = asked.filter(establishment__in=places)
    due = asked.annotate(deadline_on=DUE_ON).filter(deadline_on__range=(span.since, span.until))
    found: dict[int, Figures] = {}
    today = clock.today()
    # Columns the query adds.
    for pk, deadline_on, sent_at, nil_at in due.values_list(
        "establishment_id", F("deadline_on"), "sent_at", "nil_at"
    ):
        answered_at = sent_at or nil_at
        word = _answered(
            Deadline(deadline_on), answered_at.astimezone(LONDON).date() if answered_at else None, today
        )
        so_far = found.get(pk, NONE)
        found[pk] = replace(
            so_far, asked=so_far.asked + 1, **({word: getattr(so_far, word) + 1} if word else {})
        )
    return found


def _answered(deadline: Deadline, answered_on: date | None, today: date) -> str:
    """on_time, late or missing; empty for what may still come in time."""
    if answered_on:
        return "late" if deadline.is_late(answered_on) else "on_time"
    return "missing" if deadline.is_late(today) else ""


def _rows(name: str, asked: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(name), asked)
        return cursor.fetchall()


@cache
def _statement(name: str) -> str:
    return (HERE / f"{name}.sql").read_text()
