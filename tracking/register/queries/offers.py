"""Places applied for and offered: what the statements ask by, and what a record shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q

from neet.ui.words import day
from schools.models import Establishment
from tracking.register.columns import Asker, objection_in_force
from tracking.register.models import Offer
from tracking.register.models.activity import Source
from tracking.register.sql import text
from tracking.rules.offers import (
    BEGINS_TOO_LATE,
    BY_OFFERS,
    FIRST_MONTH,
    NO_STAGES_OF_AN_OFFER,
    NOT_APPLIED,
)
from tracking.rules.ruleset import RuleSet

# The year of the September a row of tracking_offer `o` is for: OfferRules.september_for in SQL.
SEPTEMBER_OF = """coalesce(
    extract(year from o.starts_on)::int - (extract(month from o.starts_on) < %(offer_first_month)s)::int,
    extract(year from o.said_on)::int
      + (o.said_on >= make_date(extract(year from o.said_on)::int, 9, 1) + %(guarantee_grace)s)::int)"""
TASK = "offer"


def place_of(said: str) -> Establishment | None:
    """The school, college or provider of that name or number, where there is one."""
    known = Q(name__iexact=said) | Q(urn=said) | Q(ukprn=said) | Q(number=said) if said else Q(pk__in=[])
    return Establishment.objects.filter(known, closed_on=None).order_by("pk").first()


@cache
def guarantees_follow(people: str) -> str:
    """The statement that lets the guarantees of these people (a select of their ids) follow from their offers."""
    return text("guarantees_follow").replace("{september_of}", SEPTEMBER_OF).replace("{people}", people)


def asked_of_offers(rules: RuleSet, today: date) -> Mapping[str, Any]:
    """What statements about offers ask by: the rules of the day."""
    offers = rules.offers
    stages = sorted(offers.stages.values(), key=lambda stage: (stage.order, stage.code))
    year = offers.september_of(today)
    return {
        "today": today,
        "september": year,
        "offer_stages": [each.code for each in stages],
        "offer_told": [each.code for each in stages if each.code not in NO_STAGES_OF_AN_OFFER],
        "offer_words": [each.words for each in stages],
        "offer_orders": [each.order for each in stages],
        "offer_counts": [each.counts for each in stages],
        "offer_statuses": [each.status for each in stages],
        "offer_to_do": [each.to_do for each in stages],
        "offer_settled": [each.counts and not each.to_do for each in stages],
        "guarantee_grace": offers.grace_days,
        "offer_begins_by": offers.begins_by,
        "offer_first_month": FIRST_MONTH,
        "offer_too_late": BEGINS_TOO_LATE,
        "offer_not_applied": offers.stages[NOT_APPLIED].status,
        "offer_sources": [value for value, _ in Source.choices],
        "offer_source_words": [words.lower() for _, words in Source.choices],
        "offer_task": TASK,
        "by_offers": BY_OFFERS,
        "guarantee_codes": list(offers.families),
        "guarantee_families": list(offers.families.values()),
        "guarantee_nothing": offers.nothing,
    }


def of_september(rules: RuleSet, year: int) -> Q:
    """Offers and applications for the September of a year: OfferRules.september_for as a condition."""
    offers = rules.offers
    heard = Q(said_on__gt=offers.last_day(year - 1), said_on__lte=offers.last_day(year))
    begins = Q(starts_on__gte=date(year, FIRST_MONTH, 1), starts_on__lt=date(year + 1, FIRST_MONTH, 1))
    return begins | (Q(starts_on=None) & heard)


@dataclass(frozen=True)
class PlaceLine:
    """A place on a record: where, what, how it stands, who said so when, and whether it counts as an offer."""

    pk: int
    version: int
    place: str
    course: str
    stage: str
    words: str
    tone: str
    preference: int | None
    starts_on: date | None
    conditions: str
    said_on: date
    told_by: str
    note: str

    @property
    def title(self) -> str:
        return f"{self.place}, {self.course}" if self.course else self.place


def place_line(offer: Offer, rules: RuleSet) -> PlaceLine:
    """An offer or application as pages show it."""
    place = offer.as_rules_see_it
    year = rules.offers.september_for(place)
    stands = rules.offers.stage_of(place, year)
    stage = rules.offer_stages[offer.stage]
    late = f"Not counted: begins after {day(rules.offers.starts_by(year))}" if stands is not stage else ""
    told = offer.told_by.name if offer.told_by else str(Source(offer.source).label).lower()
    return PlaceLine(
        pk=offer.pk,
        version=offer.version,
        place=offer.place,
        course=offer.course,
        stage=offer.stage,
        words=stage.words,
        tone="good" if stands.counts else "attention" if stands.to_do or late else "plain",
        preference=offer.preference,
        starts_on=offer.starts_on,
        conditions=offer.conditions,
        said_on=offer.said_on,
        told_by=told,
        note=late,
    )


def places_shown(who: Asker) -> Q:
    """Offers this asker may be shown: none without the right, none an institution told where it is objected to."""
    if not who.reads("offer.stage"):
        return Q(pk__in=[])
    return ~(Q(source=Source.PROVIDER) & Q(objection_in_force(who.on, "person")))


def concerns_shown(who: Asker) -> Q:
    """Concerns this asker may be shown."""
    if not who.reads("concern.words"):
        return Q(pk__in=[])
    return ~Q(objection_in_force(who.on, "person"))
