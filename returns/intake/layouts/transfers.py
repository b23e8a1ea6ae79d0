"""Young people another council hands on to us, and those who live here and nobody knows what they do (R42)."""

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, NOT_OURS_WITH_PLACES, PLACE_NUMBER, SINCE, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import CONTACT, column
from tracking.rules.ruleset import RuleSet


def _activities(ruleset: RuleSet) -> dict[str, str]:
    return {code: each.plain_words for code, each in ruleset.activities.items()}


TRANSFERS = Layout(
    type="transfers",
    title="Handed on by other councils",
    about="Who moved to us from another council, what they do, and who lives here and is known to nobody.",
    columns=(
        *WHO,
        *HOME,
        *CONTACT,
        column(
            "moved",
            "Why they are listed",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("transfers", "moved"),
            about="Choose from the list.",
        ),
        column(
            "earlier_number",
            "Number there",
            Kind.TEXT,
            objection_class="a",
            length=13,
            about="The number the other council had for them.",
        ),
        column(
            "doing",
            "What they are doing",
            Kind.CHOICE,
            objection_class="a",
            listed=_activities,
            about="The DfE's code or its words, where the other council knows it.",
        ),
        PLACE_NUMBER,
        SINCE,
    ),
    file_names=("HandedOn{year}", "HandedOn{year}"),
    name_words=("transfer", "transfers", "unknowns"),
    year_groups=(),
    not_ours=NOT_OURS_WITH_PLACES,
    effect="listed",
    source="authority",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("DfE", "Another council"),
    aged=(13, 25),
)
