"""Children in care and care leavers, as the virtual school or the care team lists them (R42, R55, R58)."""

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, UNTIL, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import NOT_OURS, column
from tracking.rules.ruleset import RuleSet


def _councils(ruleset: RuleSet) -> dict[str, str]:
    return {code: area.label for code, area in ruleset.areas.items()}


LOOKED_AFTER = Layout(
    type="looked_after",
    title="Children in care and care leavers",
    about="Who is looked after or a care leaver, since when, and which council is their corporate parent.",
    columns=(
        *WHO,
        *HOME,
        column(
            "care_status",
            "Status",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("looked_after", "care_status"),
            about="Choose from the list.",
        ),
        SINCE,
        UNTIL,
        column(
            "looked_after_by",
            "Looked after by",
            Kind.CHOICE,
            objection_class="a",
            listed=_councils,
            about="The council that is their corporate parent: its name or its three digits.",
        ),
        column(
            "unaccompanied",
            "Unaccompanied asylum seeker",
            Kind.YES_NO,
            objection_class="a",
            choices=("Yes", "No"),
            about="Yes or No.",
        ),
    ),
    file_names=("LookedAfter{year}", "LookedAfter{year}"),
    name_words=("looked", "lac", "cla"),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="service",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("Virtual school", "16 plus team", "Children in care team"),
    from_year=9,
)
