"""What the at-risk list puts on other pages: whether somebody stands on it, since when, and how many on first pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from caseload.prevention.models import AtRisk
from caseload.prevention.queries.listing import at_risk_seen_by, withheld
from caseload.prevention.queries.offers import without_offer
from caseload.prevention.queries.reasons import Shown, Wording
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.ui.parts import Tile
from tracking.register.queries.timeline import Happening

MOST = 20


@dataclass(frozen=True)
class RiskPanel:
    """Whether somebody is at risk, why as the reader may know, or how it ended last."""

    entry: AtRisk | None
    last: AtRisk | None = None
    reasons: Shown = field(default_factory=Shown)
    words: str = ""
    template: str = "caseload/prevention/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> RiskPanel | None:
    """For those who work on cases; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    rows = list(_entries(person_id, on))
    entry = next((each for each in rows if each.ends_on is None), None)
    if entry is None:
        return RiskPanel(None, rows[0] if rows else None)
    if entry.withheld:  # type: ignore[attr-defined]  # a column of the query
        return RiskPanel(entry)
    return RiskPanel(entry, None, Wording(user, on).of(entry.reasons), entry.words)


@built_once
def _entries(person_id: int, on: date) -> QuerySet[AtRisk]:
    rows = AtRisk.objects.filter(person=person_id).annotate(withheld=withheld(on))
    return rows.select_related("establishment", "service", "worker").order_by("-starts_on", "-pk")[:MOST]


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Coming onto the list and leaving it, for those who work on cases; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return
    rows = AtRisk.objects.filter(person=person_id).select_related("entered_by", "ended_by", "service")
    for each in rows.annotate(withheld=withheld(on))[:MOST]:
        by = each.entered_by.name if each.entered_by else ""
        text = "" if each.withheld else each.words
        yield Happening("Put on the at-risk list", each.starts_on, by, text)
        if each.ends_on:
            by = each.ended_by.name if each.ended_by else ""
            taken = str(each.service) if each.ended == AtRisk.Ended.HANDED_OVER and each.service else ""
            yield Happening(
                f"Off the at-risk list: {each.get_ended_display().lower()}", each.ends_on, by, taken
            )


@dataclass(frozen=True)
class RiskTiles:
    """How many of those one sees are at risk."""

    tiles: tuple[Tile, ...]
    template: str = "caseload/prevention/home_panel.html"


def home_panel(user: User, on: date) -> RiskTiles | None:
    """For those who work on cases, while somebody they see is at risk; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    now = at_risk_seen_by(user).filter(ends_on=None)
    counted = now.aggregate(
        all=Count("pk"),
        no_offer=Count("pk", filter=without_offer(on)),
        without=Count("pk", filter=Q(worker=None)),
    )
    url = reverse("at_risk")
    tiles = (
        Tile(counted["all"], "at risk", url),
        Tile(counted["no_offer"], "at risk and no offer", reverse("at_risk_without_offer"), "bad"),
        Tile(counted["without"], "without a worker", f"{url}?worker=none", "attention"),
    )
    shown = tuple(each for each in tiles if each.number)
    return RiskTiles(shown) if shown else None
