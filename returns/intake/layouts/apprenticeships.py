"""Starts and leavers of apprenticeships and training, from the national service or a provider's funding body (R42)."""

from dataclasses import replace

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, NOT_OURS_WITH_PLACES, PLACE_NUMBER, SINCE, UNTIL, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import CONTACT, COURSE, LEFT_ON, PREDICTED_END_ON, column

APPRENTICESHIPS = Layout(
    type="apprenticeships",
    title="Apprenticeship starts and leavers",
    about="Who began an apprenticeship or training, with whom, and who left it.",
    columns=(
        *WHO,
        *HOME,
        *CONTACT,
        column(
            "apprenticeship",
            "Kind",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("apprenticeships", "apprenticeship"),
            about="Choose from the list.",
        ),
        replace(COURSE, required_at_colleges=False, about="The framework or standard."),
        column("employer", "Employer", Kind.TEXT, objection_class="a", about="Who employs them."),
        replace(PLACE_NUMBER, words="UKPRN", about="Of the provider; its DfE number or URN will do."),
        replace(SINCE, words="Start date", about="The first day."),
        PREDICTED_END_ON,
        replace(UNTIL, words="Left on", also=LEFT_ON.also, about="The last day, where they have left."),
    ),
    file_names=("Apprenticeships{year}", "Apprenticeships{year}"),
    name_words=("apprenticeship", "apprenticeships", "apprentices"),
    year_groups=(),
    not_ours=NOT_OURS_WITH_PLACES,
    effect="listed",
    source="dfe",
    places=frozenset(),
    lists=Lists.NOBODY,
    adds_people=False,
    senders=("National Apprenticeship Service", "DfE"),
    aged=(16, 24),
)
