"""Offers of places for the September Guarantee: a school's to its Year 11, a college's to whomever it wants."""

from collections.abc import Mapping
from dataclasses import replace

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.shared import (
    ADDRESS,
    ASSENT,
    CONTACT,
    COURSE,
    IDENTITY,
    NOT_OURS,
    OBJECTION,
    YEAR_GROUP,
    column,
)
from tracking.rules.offers import BEGINS_TOO_LATE
from tracking.rules.ruleset import RuleSet

NO_OWN_OFFER = {"no": "No offer from us"}


def stages(rules: RuleSet) -> Mapping[str, str]:
    """How an application may stand, by the table of offers."""
    ordered = sorted(rules.offer_stages.values(), key=lambda stage: (stage.order, stage.code))
    return {each.code: each.words for each in ordered if each.code != BEGINS_TOO_LATE}


def own_stages(rules: RuleSet) -> Mapping[str, str]:
    """The same of the sender's own place, which may have made none."""
    return {**stages(rules), **NO_OWN_OFFER}


OWN_OFFER = column(
    "own_offer",
    "Our own offer",
    Kind.CHOICE,
    about="A place in your own sixth form: choose from the list; empty where there is none.",
    listed=own_stages,
)
PLACE = column(
    "place",
    "Offer elsewhere: where",
    Kind.TEXT,
    length=160,
    about="The college, school or provider by its name, one line for each. A college leaves it empty for its own.",
)
STAGE = column(
    "stage",
    "How it stands",
    Kind.CHOICE,
    about="Choose from the list. Empty means an offer on conditions.",
    listed=stages,
)
CONDITIONS = column(
    "conditions",
    "Conditions",
    Kind.TEXT,
    length=200,
    about="What the offer hangs on, as: five GCSEs at grade 4.",
)
OFFERED_FROM = column(
    "offered_from",
    "Begins on",
    Kind.DAY,
    about="The first day of the course. An offer counts that begins by the beginning of the January term.",
    years=(-1, 2),
)
PREFERENCE = column(
    "preference",
    "Choice",
    Kind.CHOICE,
    about="1 for the place they would like best.",
    choices=tuple(map(str, range(1, 10))),
)
SCHOOL_NOW = column(
    "school_now",
    "School they are at",
    Kind.TEXT,
    length=160,
    about="For those of another school: its name or number.",
)
HOME_AUTHORITY = column(
    "home_authority",
    "Council they live in",
    Kind.TEXT,
    length=80,
    about="For those who live elsewhere: its name or number.",
)
PLACES = (
    OWN_OFFER,
    PLACE,
    STAGE,
    replace(COURSE, required_at_colleges=False),
    CONDITIONS,
    OFFERED_FROM,
    PREFERENCE,
)
POSTCODE = tuple(each for each in ADDRESS if each.name == "postcode")
KNOWN_ABOUT_THEM = (
    *IDENTITY,
    *(replace(each, wanted=False) for each in POSTCODE),
    *CONTACT,
    replace(YEAR_GROUP, about="11, 12 or 13."),
)
NAMES = frozenset(words for each in (*PLACES, SCHOOL_NOW, HOME_AUTHORITY) for words in each.also)

OFFERS = Layout(
    type="offers",
    title="September Guarantee: offers",
    about="Places offered to those in Year 11 or 12: your own, and what you know of other places.",
    columns=(*KNOWN_ABOUT_THEM, *PLACES, SCHOOL_NOW, HOME_AUTHORITY, OBJECTION, ASSENT),
    file_names=("{la}{number}SeptemberGuarantee{year}", "{short}CollegeOffers{year}"),
    name_words=("offer", "offers", "guarantee"),
    year_groups=(11, 12, 13),
    not_ours=tuple(each for each in NOT_OURS if each not in NAMES),
    ages=(15, 18, 25),
    effect="offers",
    lists=Lists.YEAR_11,
    adds_people=False,
    many_lines=True,
)
