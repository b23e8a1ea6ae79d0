"""What people's rights put on other pages: what is asked about a record, its history, and what waits on the first
page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.ui.parts import Tile
from neet.ui.words import day
from tracking.register.queries.timeline import Happening
from tracking.register.queries.together import together
from tracking.rights.models import RightsRequest, UseLimited
from tracking.rights.queries.copies import notes_to_release
from tracking.rights.queries.limits import STANDS
from tracking.rights.queries.openings import to_look_into, unusual_open
from tracking.rights.queries.requests import LATE, Clock, clock_of, counted, of_person

MOST = 30


@dataclass(frozen=True)
class RightsPanel:
    """What was asked about a record, what stands beside it in their own words, and whether it is used."""

    requests: tuple[tuple[RightsRequest, Clock], ...]
    statements: tuple[RightsRequest, ...]
    limit: UseLimited | None
    may_record: bool
    may_answer: bool
    template: str = "tracking/rights/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> RightsPanel | None:
    """For those who record objections: all of it. Whoever else reads the record reads what they want to stand beside
    it; one statement."""
    scope = scope_of(user)
    may_record = scope.can(Permission.OBJECTION_RECORD)
    known = together(**_known(person_id))
    found, limit = known["requests"], next(iter(known["limits"]), None)
    statements = tuple(each for each in found if each.statement)
    if not (may_record or statements):
        return None
    asked = tuple((each, clock_of(each, on)) for each in found) if may_record else ()
    return RightsPanel(asked, statements, limit, may_record, scope.can(Permission.COPY_GIVE))


@built_once
def _known(person_id: int) -> dict[str, QuerySet[Any]]:
    limits = UseLimited.objects.filter(STANDS, person=person_id)
    return {"requests": of_person(person_id)[:MOST], "limits": limits[:1]}


TO_DECIDE = "This came along from the council they moved from, and holds until yours has decided."


def notice(limits: Sequence[UseLimited]) -> str:
    """That a record is kept and not used, for whoever opens or changes it."""
    if not limits:
        return ""
    limit = limits[0]
    why = limit.get_why_display()
    said = (
        f"Kept and not used since {day(limit.starts_on)}: {why[0].lower()}{why[1:]}. Nobody is written to or rung"
        " from it; it is counted as before."
    )
    return f"{said} {TO_DECIDE}" if limit.is_to_decide else said


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each request and its answer, and when the record was not used; for those who record objections; one statement."""
    if not scope_of(user).can(Permission.OBJECTION_RECORD):
        return
    limits = UseLimited.objects.filter(person=person_id)[:MOST]
    known = together(requests=of_person(person_id)[:MOST], limits=limits)
    for each in known["requests"]:
        yield Happening(f"Asked of us: {each.get_kind_display()}", each.asked_on, "", each.words)
        if each.answered_on:
            yield Happening(f"Answered: {each.get_kind_display()}", each.answered_on, "", each.outcome)
    for limit in known["limits"]:
        yield Happening("Kept and not used", limit.starts_on, "", limit.get_why_display())
        if limit.ends_on:
            yield Happening("Used again", limit.ends_on, "", limit.ended_why)
        if limit.decided_on:
            yield Happening(
                "Goes on being kept and not used", limit.decided_on, "", "Decided by this council"
            )


@dataclass(frozen=True)
class WaitingPanel:
    """What governance has to answer and to look into, and what a service has to say."""

    tiles: tuple[Tile, ...]
    template: str = "tracking/rights/home_panel.html"


def home_panel(user: User, on: date) -> WaitingPanel | None:
    """For information governance what is asked and what to look into, for services the notes that wait for them."""
    scope = scope_of(user)
    tiles: list[Tile] = []
    if scope.can(Permission.COPY_GIVE):
        tiles += _of_governance(user, on)
    if scope.can(Permission.NOTE_WRITE) and (waiting := notes_to_release(user).order_by().count()):
        tiles.append(
            Tile(waiting, "of your service’s notes to release", reverse("notes_to_release"), "attention")
        )
    return WaitingPanel(tuple(tiles)) if tiles else None


def _of_governance(user: User, on: date) -> Iterator[Tile]:
    now, url = counted(user, on), reverse("rights")
    tiles = (
        Tile(now.open, "asked and not answered yet", url),
        Tile(now.soon, "to answer within a week", url, "attention"),
        Tile(now.late, "late", f"{url}?state={LATE}", "bad"),
        Tile(to_look_into(user), "opened in an emergency, to look into", reverse("openings"), "attention"),
        Tile(unusual_open(user), "opened many records, to look into", reverse("openings"), "attention"),
    )
    return (each for each in tiles if each.number)
