"""Joiners and leavers of a month: who came to a school or college, who left it, why, and what for (R9, R15 to R17)."""

from collections.abc import Mapping
from dataclasses import replace

from returns.intake.layouts.columns import COLLEGES, PROVIDERS, SCHOOLS, Kind, Layout, Lists
from returns.intake.layouts.destinations import NOW_AT, NOW_DOING
from returns.intake.layouts.offers import HOME_AUTHORITY
from returns.intake.layouts.shared import (
    ACTIVITY,
    ADDRESS,
    ASSENT,
    CONTACT,
    COURSE,
    HAS_PLAN,
    IDENTITY,
    LEFT_ON,
    NOT_OURS,
    OBJECTION,
    PARENT,
    STARTS_ON,
    YEAR_GROUP,
    column,
)
from tracking.rules.codes import AreaKind
from tracking.rules.ruleset import RuleSet


def reasons(rules: RuleSet) -> Mapping[str, str]:
    """Why somebody may have left, by the list of the day."""
    listed = sorted(rules.leaving_reasons.values(), key=lambda each: (each.order, each.code))
    return {each.code: each.words for each in listed}


def councils(rules: RuleSet) -> Mapping[str, str]:
    """The councils of England by their numbers."""
    found = (each for each in rules.areas.values() if each.kind is AreaKind.AUTHORITY)
    return {each.code: each.label for each in sorted(found, key=lambda each: each.label)}


LEAVING_REASON = column(
    "leaving_reason",
    "Why they left",
    Kind.CHOICE,
    length=120,
    about="For leavers. Choose from the list: whoever finds out what they need next begins with it.",
    listed=reasons,
)
NEXT_STEP = column(
    "next_step",
    "Last known plan",
    Kind.TEXT,
    length=100,
    about="For leavers: what they meant to do, where nobody knows what they do.",
)
WHOSE_NUMBER = column(
    "whose_number",
    "Whose telephone",
    Kind.CHOICE,
    length=40,
    about="Whose the number under “Telephone” is.",
    choices=("Their own", "A parent's"),
)
GONE_TO = replace(
    NOW_DOING,
    words="What they do next",
    about="For leavers: choose from the list. Empty where you do not know; we then ask them.",
    also=tuple(each for each in NOW_DOING.also if each not in ACTIVITY.also),
)
HOME = replace(
    HOME_AUTHORITY,
    kind=Kind.CHOICE,
    about="For those who live elsewhere: choose their council, and it is told when they leave.",
    listed=councils,
)
GONE_WHERE = replace(
    NOW_AT, words="Where they went", about="For leavers: the school, college, provider or employer."
)
OURS = {
    heading
    for each in (HOME, LEAVING_REASON, NEXT_STEP, WHOSE_NUMBER, GONE_TO, GONE_WHERE)
    for heading in (each.words, *each.also)
}

JOINERS_LEAVERS = Layout(
    type="joiners_leavers",
    title="Joiners and leavers",
    about="Who came to you and who left you since the last return: Year 10 and above. Only them, not everybody.",
    columns=(
        *IDENTITY,
        YEAR_GROUP,
        replace(STARTS_ON, words="Joined on", about="For joiners: their first day with you."),
        replace(LEFT_ON, about="For leavers: the last day they were here."),
        LEAVING_REASON,
        GONE_TO,
        GONE_WHERE,
        NEXT_STEP,
        replace(ACTIVITY, about="For joiners: choose from the list. Empty means full time here."),
        replace(COURSE, required_at_colleges=False),
        *ADDRESS,
        HOME,
        *CONTACT,
        WHOSE_NUMBER,
        *PARENT,
        HAS_PLAN,
        OBJECTION,
        ASSENT,
    ),
    file_names=("{la}{number}SchoolJoinersLeavers", "{short}CollegeJoinersLeavers"),
    name_words=("joiners", "joiner", "leavers", "leaver", "starters"),
    year_groups=(10, 11, 12, 13, 14),
    not_ours=tuple(each for each in NOT_OURS if each not in OURS),
    ages=(14, 19, 25),
    effect="joiners_leavers",
    places=SCHOOLS | COLLEGES | PROVIDERS,
    lists=Lists.NOBODY,
)
