"""The Potential NEET return: those in Year 11 whom a school worries about, why, and what is planned (R24)."""

from collections.abc import Mapping
from dataclasses import replace

from returns.intake.layouts.columns import SCHOOLS, Kind, Layout, Lists
from returns.intake.layouts.shared import (
    ADDRESS,
    ASSENT,
    CONTACT,
    IDENTITY,
    NOT_OURS,
    OBJECTION,
    PARENT,
    YEAR_GROUP,
    column,
)
from tracking.rules.risk import ReadFrom
from tracking.rules.ruleset import RuleSet


def said_reasons(rules: RuleSet) -> Mapping[str, str]:
    """The reasons that only a school or an officer can say, by the table of points."""
    factors = rules.risk_factors.values()
    return {
        each.code: each.words[0].upper() + each.words[1:] for each in factors if each.source is ReadFrom.SAID
    }


REASONS = column(
    "reasons",
    "Reasons",
    Kind.CHOICE,
    length=200,
    about="Choose from the list; several with a semicolon between them. Anything else goes under “What worries you”.",
    listed=said_reasons,
    several=True,
)
CONCERN = column(
    "concern",
    "What worries you",
    Kind.TEXT,
    length=140,
    about="In one line: why they may not go on to learning or work.",
)
PLANNED = column(
    "planned",
    "What is planned",
    Kind.TEXT,
    length=60,
    about="What they mean to do after the summer, if anything.",
)
ASK_AT_SCHOOL = column(
    "ask_at_school",
    "Whom to ask at school",
    Kind.TEXT,
    length=60,
    about="Who knows them best: a name, not a team.",
)

POTENTIAL_NEET = Layout(
    type="potential_neet",
    title="Potential NEET",
    about="Those in Year 11 who may have nothing to go on to. Name only whom you worry about.",
    columns=(
        *IDENTITY,
        replace(YEAR_GROUP, about="10 or 11."),
        REASONS,
        CONCERN,
        PLANNED,
        ASK_AT_SCHOOL,
        *ADDRESS,
        *CONTACT,
        *PARENT,
        OBJECTION,
        ASSENT,
    ),
    file_names=("{la}{number}SchoolPotentialNEET{year}", "{short}CollegePotentialNEET{year}"),
    name_words=("potential", "rona", "ronas"),
    year_groups=(10, 11),
    not_ours=tuple(each for each in NOT_OURS if each not in CONCERN.also),
    ages=(14, 19, 25),
    effect="potential_neet",
    places=SCHOOLS,
    lists=Lists.NOBODY,
)
