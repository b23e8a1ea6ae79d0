"""Applications from the council's careers platform: who applied where, in which order of preference, and what came of
it (R41). Log-in codes of pupils are headings we know and never take."""

from dataclasses import replace

from returns.intake.layouts.columns import Layout, Lists
from returns.intake.layouts.offers import (
    HOME_AUTHORITY,
    KNOWN_ABOUT_THEM,
    NAMES,
    OWN_OFFER,
    PLACES,
    SCHOOL_NOW,
    STAGE,
)
from returns.intake.layouts.shared import ASSENT, NOT_OURS, OBJECTION

SIGN_IN = (
    "Login code", "Log-in code", "Log in code", "Login", "Username", "User name", "Password", "Access code", "PIN",
    "Activation code",
)  # fmt: skip
EMPTY = "Choose from the list. Empty means applied, no answer yet."

APPLICATIONS = Layout(
    type="applications",
    title="Applications",
    about="Where young people applied, in the order they would like, and what came of it. One line for each place.",
    columns=(
        *KNOWN_ABOUT_THEM,
        *(replace(each, about=EMPTY) if each is STAGE else each for each in PLACES if each is not OWN_OFFER),
        SCHOOL_NOW,
        HOME_AUTHORITY,
        OBJECTION,
        ASSENT,
    ),
    file_names=("{la}{number}Applications{year}", "{short}CollegeApplications{year}"),
    name_words=("application", "applications"),
    year_groups=(11, 12, 13),
    not_ours=(*(each for each in NOT_OURS if each not in NAMES), *SIGN_IN),
    ages=(15, 18, 25),
    effect="offers",
    places=frozenset(),
    senders=("The careers platform",),
    lists=Lists.NOBODY,
    adds_people=False,
    many_lines=True,
)
