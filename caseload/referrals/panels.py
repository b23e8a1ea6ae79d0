"""What referrals put on other pages: those of a record, each in its history, and what waits on the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from caseload.referrals.models import Referral
from caseload.referrals.queries import BY_US, OVERDUE, TO_US, Clock, clock_of, counted, of_person
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.ui.parts import Tile
from tracking.register.queries.timeline import Happening

MOST, MOST_ON_RECORD = 50, 4


@dataclass(frozen=True)
class ReferralPanel:
    """The newest referrals of somebody, those that wait first."""

    referrals: tuple[tuple[Referral, Clock], ...]
    template: str = "caseload/referrals/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> ReferralPanel | None:
    """For those who work on cases; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    return ReferralPanel(tuple((each, clock_of(each, on)) for each in _newest(person_id)))


@built_once
def _newest(person_id: int) -> QuerySet[Referral]:
    return of_person(person_id).order_by("-answered_at", "-made_at", "-pk")[:MOST_ON_RECORD]


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each referral and its answer, for those who work on cases; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return
    for each in of_person(person_id)[:MOST]:
        by = each.made_by.name if each.made_by else ""
        asked = f"{each.get_reason_display()}. {each.words}".strip()
        yield Happening(f"Referred to {each.to_service}", each.made_at, by, asked)
        if each.answered_at:
            who = each.answered_by.name if each.answered_by else ""
            title = f"Referral to {each.to_service}: {each.get_state_display().lower()}"
            yield Happening(title, each.answered_at, who, each.answer)


@dataclass(frozen=True)
class WaitingPanel:
    """Referrals that wait for us, and ours that wait for others."""

    tiles: tuple[Tile, ...]
    template: str = "caseload/referrals/home_panel.html"


def home_panel(user: User, on: date) -> WaitingPanel | None:
    """For those who work on cases, while a referral waits; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    now = counted(user, on)
    url = reverse("referrals")
    tiles = (
        Tile(now.to_answer, "to answer", f"{url}?box={TO_US}", "attention"),
        Tile(now.to_answer_late, "answer overdue", f"{url}?box={TO_US}&state={OVERDUE}", "bad"),
        Tile(now.ours, "ours, waiting for others", f"{url}?box={BY_US}"),
        Tile(now.ours_late, "ours, answer overdue", f"{url}?box={BY_US}&state={OVERDUE}", "bad"),
    )
    shown = tuple(each for each in tiles if each.number)
    return WaitingPanel(shown) if shown else None
