"""Destination answers: what those who left Year 11 in the summer do now, as far as their school knows (R20)."""

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
from tracking.rules.ruleset import RuleSet


def everything_done(rules: RuleSet) -> Mapping[str, str]:
    """Whatever somebody may do after Year 11, learning or not."""
    return {code: each.plain_words for code, each in rules.activities.items() if code >= AFTER_YEAR_11}


AFTER_YEAR_11 = "200"
NOW_DOING = column(
    "now_doing",
    "What they do now",
    Kind.CHOICE,
    length=120,
    about="Choose from the list. Leave it empty where you do not know.",
    listed=everything_done,
)
NOW_AT = column(
    "now_at", "Where", Kind.TEXT, length=160, about="The college, sixth form, provider or employer."
)
TOLD_ON = column(
    "told_on",
    "Known on",
    Kind.DAY,
    about="When you were told. Empty: the day of this return.",
    years=(-1, 0),
)

DESTINATIONS = Layout(
    type="destinations",
    title="Destination answers",
    about="What those who left your Year 11 in the summer do now, as far as you know.",
    columns=(
        *IDENTITY,
        replace(YEAR_GROUP, on_template=False),
        NOW_DOING,
        NOW_AT,
        TOLD_ON,
        *ADDRESS,
        *CONTACT,
        *PARENT,
        OBJECTION,
        ASSENT,
    ),
    file_names=("{la}{number}SchoolDestinations{year}", "{short}CollegeDestinations{year}"),
    name_words=("destination", "destinations", "activity"),
    year_groups=(),
    not_ours=tuple(each for each in NOT_OURS if each not in {*NOW_DOING.also, *NOW_AT.also, *TOLD_ON.also}),
    ages=(15, 19, 25),
    effect="destinations",
    places=SCHOOLS,
    lists=Lists.LEAVERS,
    adds_people=False,
)
