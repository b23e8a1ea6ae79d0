"""What a record shows of places applied for and offered, and what its history tells of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.columns import Asker, asker
from tracking.register.models import Concern, Offer
from tracking.register.queries.offers import PlaceLine, concerns_shown, place_line, places_shown
from tracking.register.queries.timeline import Happening

MOST = 30


@dataclass(frozen=True)
class OffersPanel:
    """Places somebody applied for or was offered, the likeliest first, and what their school worries about."""

    places: tuple[PlaceLine, ...]
    concerns: tuple[Concern, ...]
    may_change: bool
    template: str = "tracking/offers_panel.html"


def offers_panel(person_id: int, user: User, on: date) -> OffersPanel | None:
    """For those who read offers: where something is known, or where they may add it; two statements."""
    who = asker(user, on)
    if not who.reads("offer.stage"):
        return None
    rules = ruleset(on)
    found = [place_line(each, rules) for each in _offers(person_id, who) if each.stage in rules.offer_stages]
    found.sort(key=lambda line: (rules.offer_stages[line.stage].order, line.preference or 99, line.pk))
    concerns = tuple(_held(person_id, who))
    may_change = scope_of(user).can(Permission.PERSON_CHANGE)
    return OffersPanel(tuple(found), concerns, may_change) if found or concerns or may_change else None


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each place as it stands, on the day we heard of it, and each concern; two statements."""
    who = asker(user, on)
    rules = ruleset(on)
    for each in _offers(person_id, who):
        if each.stage in rules.offer_stages:
            line = place_line(each, rules)
            yield Happening(
                f"{line.words}: {line.title}", line.said_on, f"told by {line.told_by}", line.conditions
            )
    raised = Concern.objects.filter(concerns_shown(who), person=person_id).select_related("establishment")
    for concern in raised[:MOST]:
        by = concern.establishment.name
        yield Happening("The school worries about what comes next", concern.raised_on, by, concern.words)
        if concern.over_on:
            yield Happening("The school no longer worries", concern.over_on, by)


@built_once
def _offers(person_id: int, who: Asker) -> QuerySet[Offer]:
    rows = Offer.objects.filter(places_shown(who), person=person_id)
    return rows.select_related("told_by")[:MOST]


@built_once
def _held(person_id: int, who: Asker) -> QuerySet[Concern]:
    rows = Concern.objects.filter(concerns_shown(who), person=person_id, over_on=None)
    return rows.select_related("establishment").order_by("-raised_on", "-pk")[:MOST]
